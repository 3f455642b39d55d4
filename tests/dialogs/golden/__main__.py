"""`python -m tests.dialogs.golden SCRIPT ANSWERS` keeps a session for later releases."""

import sys

from tests.dialogs.golden import store

print(store(sys.argv[1], int(sys.argv[2])))

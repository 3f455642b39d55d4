"""`docs/evidence.md`: the figures of `make prove-trust`."""

from typing import Final

from benchmarks.evidence import DOCS, Evidence
from benchmarks.trust.rows import ROWS

HEAD: Final = """\
# Evidence

The figures of `make prove-trust`, each from a full run on the machine, day and commit of its line. `make prove-trust
ROW=id` measures one row again and replaces its line here; a change that was not committed is marked with `+`.
"""

EVIDENCE: Final = Evidence(DOCS / "evidence.md", HEAD, ROWS)

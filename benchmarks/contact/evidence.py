"""`docs/evidence-contact.md`: the figures of `make prove-contact`."""

from typing import Final

from benchmarks.contact.rows import ROWS
from benchmarks.evidence import DOCS, Evidence

HEAD: Final = """\
# Evidence of constant contact

The figures of `make prove-contact`, from a full run on the machine, day and commit of each line: 20,000 relatives of
10,000 cases, 400 days on a compressed clock. A change that was not committed is marked with `+`.
"""

EVIDENCE: Final = Evidence(DOCS / "evidence-contact.md", HEAD, ROWS)

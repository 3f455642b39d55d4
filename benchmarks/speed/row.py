"""A row of `make bench`: as those of the proof of trust, with what was seen beside the figure."""

from benchmarks.trust.row import Measured, Row, Run

__all__ = ["Measured", "Row", "Run"]

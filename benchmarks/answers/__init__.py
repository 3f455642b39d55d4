"""Every answer lands where it belongs: the parsers of places, measured on names from other sources than their own."""

from benchmarks.answers import places
from benchmarks.answers.frame import Kind

KINDS: tuple[Kind, ...] = (*places.KINDS,)
"""All rows of the table; a part adds its own here."""

"""Every answer lands where it belongs: the parsers, measured on what comes from other sources than their own."""

from benchmarks.answers import dates, names, phones, places
from benchmarks.answers.frame import Kind

KINDS: tuple[Kind, ...] = (*places.KINDS, *phones.KINDS, *names.KINDS, *dates.KINDS)
"""All rows of the table; a part adds its own here."""

"""Contact: the record of when a family and the center were in touch, and what is promised of the next time."""

from casework.contact.keeping import COMMANDS, QUERIES, SECTIONS, keep

__all__ = ["COMMANDS", "QUERIES", "SECTIONS", "keep"]

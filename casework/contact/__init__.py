"""Contact: the record of when a family and the center were in touch, and what is promised of the next time."""

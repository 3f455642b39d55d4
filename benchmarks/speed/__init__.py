"""`make bench`: how much work a message is, beside what others need for theirs, in one run on one machine."""

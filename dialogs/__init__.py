"""Conversations: pure scripts that ask and tell, with no messenger and no I/O."""

"""Puts everything together: the only floor that knows the clock, the environment and the processes."""

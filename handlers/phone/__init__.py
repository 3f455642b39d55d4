"""The telephone: an SMS or a call that says that something waits to be read. It speaks and does not listen.

One folder for both: they differ in the gateway, in a sentence and in the night.
"""

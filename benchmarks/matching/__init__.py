"""Finding a person among many by a name as somebody remembers or types it: how often, and how fast."""

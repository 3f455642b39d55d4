"""Outside services as far as we use them, over real HTTP."""

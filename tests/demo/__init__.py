"""The process: its settings, its database, its command line."""

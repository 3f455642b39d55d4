"""The edges: Telegram, the web page, the front desk that every message passes, and the courier that answers."""

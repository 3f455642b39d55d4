"""The terminal: plain lines, for support without a messenger, and the smallest whole channel (docs/channels.md)."""

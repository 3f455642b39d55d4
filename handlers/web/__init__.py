"""The web page and its HTTP interface: a channel like the messengers, with a thread of its own."""

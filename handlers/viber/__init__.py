"""Viber, by its REST API and a webhook. No kept Python library exists, so the client is ours, and thin."""

"""How everything is kept: PostgreSQL's tables and transactions, the sealing of personal data, the outbox."""

"""The promises of trust, each measured: `make prove-trust`. A row is in the file of its theme; `rows.py` lists all."""

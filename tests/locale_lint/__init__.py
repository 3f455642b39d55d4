"""Reads `locales/` as a strict proof-reader would, in some seconds: `python -m tests.locale_lint`, part of `make test`.

`texts` reads the files, `pairs` compares the languages, `taste` looks for what must never be said and for signatures,
`spelling` asks dictionaries, `terms` holds one word for each thing, `names` compares the words with the names that the
code uses. Each gives faults; none changes anything.
"""

# Everything that one does here, in one command each. `make` alone lists them.

PYTHON ?= python3
SCRIPT ?= register
# Of those who test, each waits a third of its time: for its database, for a platform's pace. Two cores have work for three.
WORKERS ?= 3
BIN := .venv/bin
# Only wheels that are in the lock by their hash: nothing is built, and nothing unreviewed runs, at installation.
INSTALL = install --require-hashes --only-binary :all:
COMPILE = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock" --quiet $(UPGRADE) pyproject.toml

# Compiled modules are kept, whatever the environment says: the tests start some fifty processes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test demo talk terminal map access lint form types floors words format lock chromium prove prove-webhooks prove-words answers prove-rule prove-trust prove-contact bench bench-scale soak bench-queue bench-matching follow sbom audit
.DELETE_ON_ERROR:

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/.runtime ## Start the service with a database of its own on 127.0.0.1:8080
	@$(BIN)/python -m bot serve

demo: .venv/.runtime ## Play the whole story through a fresh service (LANG_DEMO=en, KEEP=DIR)
	@$(BIN)/python -m demo

talk: .venv/.runtime ## Play a conversation here in the terminal (SCRIPT=register)
	@$(BIN)/python -m bot talk $(SCRIPT)

terminal: .venv/.runtime ## The service itself in this terminal, on its own database (TERMINAL_NAME=olena)
	@$(BIN)/python -m bot terminal

map: .venv/.runtime ## Draw a conversation as Mermaid text (SCRIPT=register)
	@$(BIN)/python -m bot map $(SCRIPT)

access: .venv/.runtime ## Draw who may do what: docs/access.md, from the access table
	@$(BIN)/python -m bot access > docs/access.md

test: .venv/.development chromium lint ## Everything that CI runs
	@echo "== Tests: database, messengers, browser (some minutes)"
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --durations=20 $(ARGS)

lint: .venv/.development ## Formatting, lint, types, floors and words; changes nothing
	@$(MAKE) --no-print-directory --jobs=2 --output-sync types form floors words

form:
	@echo "== Formatting and lint"
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check

types:
	@echo "== Types (the first time about a minute)"
	@$(BIN)/mypy

floors:
	@echo "== Floors: which package may import which"
	@$(BIN)/lint-imports --no-logo --no-cache
	@$(BIN)/lint-imports --no-logo --no-cache --config .ci/columns.toml

words:
	@echo "== Words: both languages, the names in the code, what is never said"
	@$(BIN)/python -m tests.locale_lint

prove: ## The proofs that are measured, each within a minute, as CI runs them after the tests
	@$(MAKE) --no-print-directory FAST=1 answers prove-rule prove-words prove-webhooks prove-trust prove-contact

prove-webhooks: .venv/.runtime ## 100,000 forged webhooks for each messenger (FAST=1 a few, JSON=1)
	@$(BIN)/python -m benchmarks.webhooks

prove-words: .venv/.runtime ## Own words of families: right script, a human, or kept and offered (FAST=1, JSON=1, BREAK=row)
	@$(BIN)/python -m benchmarks.words

answers: .venv/.runtime ## Where answers land: places abroad, ours, none; makes docs/answers.md (SEED=7, FAST=1, JSON=1)
	@$(BIN)/python -m benchmarks.answers

prove-rule: .venv/.runtime ## The rule on bad news and the list of despair by their sentences (JSON=1, BREAK=id)
	@$(BIN)/python -m benchmarks.rule

prove-trust: .venv/.development ## No one person, no stolen copy, no bad hour betrays a family (FAST=1, ROW=id, JSON=1, BREAK=id)
	@$(BIN)/python -m benchmarks.trust

prove-contact: .venv/.runtime ## No family is left in silence: 20,000 relatives, 400 days (FAST=1, ROW=id, JSON=1, BREAK=id)
	@$(BIN)/python -m benchmarks.contact

bench-matching: .venv/.development ## How often and how fast a name is found, beside pg_trgm (FAST=1, SEED=7, JSON=1, ARGS="--persons FILE --queries FILE")
	@$(BIN)/python -m benchmarks.matching $(ARGS)

bench: .venv/.runtime ## How much work a message is, beside others: makes docs/performance.md (FAST=1, ROW=id, JSON=1, BREAK=id, CHECK=1)
	@$(BIN)/python -m benchmarks.speed

bench-scale: .venv/.runtime ## What 1, 2 and 4 processes answer over one server: makes the table in docs/scale.md (FAST=1)
	@$(BIN)/python -m benchmarks.speed.scaling

soak: .venv/.development ## Half an hour of Telegram, Viber and the page at once: memory, queues, nothing lost (FAST=1, ROW=id, JSON=1, BREAK=id)
	@$(BIN)/python -m benchmarks.soak

follow: .venv/.runtime ## Follow one answer on Telegram through the files, by the real calls (ANSWER=name, JSON=1)
	@$(BIN)/python -m benchmarks.follow

bench-queue: .venv/.runtime ## How long staff wait at 6,000 cases: queue, filters, doubtful, a case (FAST=1 1,200, JSON=1, BREAK=row)
	@$(BIN)/python -m benchmarks.queue

format: .venv/.development ## Format the code and mend what can be mended by itself
	@$(BIN)/ruff check --fix --exit-zero --quiet
	@$(BIN)/ruff format

lock: .venv/.development ## Remake the locks from pyproject.toml (UPGRADE=--upgrade takes newer versions)
	@$(COMPILE) -o requirements.txt
	@$(COMPILE) --extra dev -c requirements.txt -o requirements-dev.txt
	@$(subst pyproject.toml,benchmarks/speed/peers.in,$(COMPILE)) -c requirements.txt -o benchmarks/speed/peers.txt

sbom: .venv/.development ## What the service is made of, as CycloneDX: sbom.json, from the lock
	@$(BIN)/python .ci/sbom requirements.txt > sbom.json

audit: .venv/.development ## Are holes known in what it is made of? (pip-audit; says so where its data is out of reach)
	@$(BIN)/python .ci/audit requirements.txt

# Debian's own Chromium, for the browser tests; they say themselves what its absence means.
chromium:
	@echo "== Browser"
	@.ci/chromium

# Debian's python3 may come without ensurepip; then the system's pip installs into the environment from outside.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; name one with: make PYTHON=/path/to/python3")'
	@echo "== Making the virtual environment .venv (seconds)"
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || $(PYTHON) -m venv --without-pip .venv

pip = if $(BIN)/python -m pip --version >/dev/null 2>&1; then $(BIN)/python -m pip $(1); \
	else $(PYTHON) -m pip --python $(BIN)/python $(1); fi

.venv/.runtime: requirements.txt | $(BIN)/python
	@echo "== Installing what the service runs on (about 60 MB; a minute, the first time only)"
	@$(call pip,$(INSTALL) -r requirements.txt)
	@touch $@

.venv/.development: requirements-dev.txt | $(BIN)/python
	@echo "== Installing what the tests need (about 200 MB; two minutes, the first time only)"
	@$(call pip,$(INSTALL) -r requirements-dev.txt)
	@touch .venv/.runtime $@

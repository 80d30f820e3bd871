# planbot: `make chat` talks to the plan, `make test` checks everything.
# Each target builds .venv first, from the lock file, and only when the lock changed.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: chat run test lint format bench soak eval embeddings lock clean

chat: $(VENV)/.runtime
	@$(BIN)/planbot chat

run: $(VENV)/.runtime
	@$(BIN)/planbot run

test: lint
	$(BIN)/pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

soak: $(VENV)/.dev
	$(BIN)/pytest -m soak

eval: $(VENV)/.runtime
	@$(BIN)/planbot eval --plans tests/questions/plans tests/questions/*/*.jsonl

# After a bundled plan, or the way passages are cut, has changed.
embeddings: $(VENV)/.dev
	$(BIN)/python -m tests.bench.embed_bundled

# pip refuses anything whose hash is not in the lock; the project itself is linked in place.
$(VENV)/.runtime: requirements.lock pyproject.toml
	@echo "planbot: building $(VENV) (once; about a minute)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "planbot needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  echo "On Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# Needs uv. Writes exact versions and hashes, and no index address.
lock:
	uv pip compile pyproject.toml --extra build --extra meaning --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --extra build --extra meaning --extra dev --extra bench --universal \
	  --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q \
	  -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

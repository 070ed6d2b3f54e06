# Two commands do everything on a fresh machine with Python 3.11 or newer: make demo, make test.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help demo test lint types contract unit slow bench docs lock clean

help:
	@echo "make demo    build the starter library, ask it a question, open its site"
	@echo "make test    linter, type checker, import contract, tests"
	@echo "make slow    the suites that need the large development data"
	@echo "make bench   the benchmarks (see benchmarks/README.md)"
	@echo "make docs    the documentation site, into build/site"
	@echo "make lock    pin the dependencies anew"

$(VENV)/run.stamp: requirements.lock pyproject.toml
	@echo "== making the environment in $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "== adding the development tools"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/run.stamp
	@$(BIN)/piamater demo --dir demo-library

test: lint types contract unit

lint: $(VENV)/dev.stamp
	@echo "== linter"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	@echo "== type checker"
	@$(BIN)/mypy

contract: $(VENV)/dev.stamp
	@echo "== import contract"
	@$(BIN)/lint-imports --no-logo

unit: $(VENV)/dev.stamp
	@echo "== tests"
	@$(BIN)/python -m pytest -m "not slow" -n 2 -q

slow: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -m slow -q

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m benchmarks

docs: $(VENV)/dev.stamp
	@$(BIN)/mkdocs build --strict --site-dir build/site

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes pyproject.toml --group dev --extra eval -o requirements-dev.lock

clean:
	rm -rf $(VENV) build demo-library .mypy_cache .ruff_cache .pytest_cache .hypothesis

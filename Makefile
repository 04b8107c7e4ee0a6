# Everything starts here: `make demo` and `make test` work from a bare clone.

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
# Most tests wait for real parts: two at a time halve the clock on two cores. A file's tests stay
# together, for they share a broker or a demonstration; tests/conftest.py says in which order.
TWO := --numprocesses 2 --dist loadfile --no-loadscope-reorder --max-worker-restart 0

export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help demo test check fuzz lock screenshots bench docs install browser packages packages-test clean
.DELETE_ON_ERROR:

help:
	@echo "make demo          the whole product on this machine; ARGS='--help' says what it can do"
	@echo "make test          the checks and the tests"
	@echo "make check         the checks alone"
	@echo "make fuzz          hostile bytes for every parser; ARGS='--seconds 60' for longer"
	@echo "make screenshots   the pictures of every screen, in build/screenshots, and the README's"
	@echo "make bench         the measurements of docs/performance.md, again"
	@echo "make docs          the pages that are drawn from the code, again"
	@echo "make lock          renew requirements.lock"

demo: packages install
	@$(BIN)/visio-guichet demo $(ARGS)

test: packages-test browser check
	$(BIN)/python -m pytest $(TWO) --cov --cov-report= $(ARGS)
	@for part in kiosk devices desk; do \
	    echo "Branch coverage of $$part/, at least 90 %:"; \
	    $(BIN)/coverage report --include="$$part/*" --fail-under=90 || exit 1; \
	done

check: packages install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fuzz: install
	$(BIN)/python -m tests.fuzz.run $(ARGS)

screenshots: install
	$(BIN)/python -m ui.screenshots build/screenshots --readme docs/images $(ARGS)

bench: packages-test browser
	$(BIN)/python -m bench.call $(ARGS)

docs: install
	$(BIN)/python scripts/document.py

lock: install
	$(BIN)/uv pip compile pyproject.toml --extra test --generate-hashes --universal \
	    --no-header --no-annotate --upgrade --quiet --output-file requirements.lock

clean:
	rm -rf .venv .coverage .coverage.* .mypy_cache .ruff_cache .hypothesis .import_linter_cache build

packages:
	@sh scripts/packages.sh demo

packages-test:
	@sh scripts/packages.sh test

browser: install
	@sh scripts/browser.sh

install: .venv/installed

# Each step has a stamp, so that what is there already is not made again.
.venv/created: | packages
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/locked: requirements.lock .venv/created
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --require-hashes -r requirements.lock || \
	    { echo "The Python packages could not be installed: is a package index reachable?"; exit 1; }
	@touch $@

.venv/installed: pyproject.toml .venv/locked
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --no-build-isolation --no-deps --no-index --editable .
	@touch $@

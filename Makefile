# Everything here sets up what it needs: a virtual environment in .venv, brought up to date when pyproject.toml changes.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.installed
SHARED := ../shared/corpus

.PHONY: help setup demo test types lint check quality bench wheel docs clean

help:
	@echo "make demo     lint the drafts in fixtures/"
	@echo "make test     run the tests"
	@echo "make lint     ruff"
	@echo "make types    mypy"
	@echo "make check    tests, types and lint"
	@echo "make quality  precision and recall on labelled drafts"
	@echo "make bench    speed"
	@echo "make wheel    build a wheel in dist/"
	@echo "make docs     build the site in site/"

setup: $(READY)

$(READY): pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 10) and "caveat needs Python 3.10 or newer")'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(READY)
	$(BIN)/caveat --format text --exit-zero fixtures

test: $(READY)
	$(BIN)/python -m pytest

types: $(READY)
	$(BIN)/python -m mypy

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check: test types lint

quality: $(READY)
	$(BIN)/python -m benchmarks.quality $(SHARED) $(QUALITY)

bench: $(READY)
	$(BIN)/python -m benchmarks.speed $(BENCH)

wheel: $(READY)
	rm -rf dist
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

docs: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	$(BIN)/python docs/build.py build/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet

clean:
	rm -rf $(VENV) dist build site .mypy_cache .pytest_cache .ruff_cache .hypothesis

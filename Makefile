# Gouji's everyday commands. `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export GX_ANALYTICS_ENABLED := false

.DEFAULT_GOAL := help
.PHONY: help setup lock demo test check format bench peers formats docs suites documents airflow clean

help: ## List these commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.ready ## Make .venv from requirements.lock, with gouji in it

# uv lives inside the environment it fills: nothing is installed globally.
$(VENV)/.ready: requirements.lock pyproject.toml
	@command -v $(PYTHON) > /dev/null || { echo "no $(PYTHON) here; install Python 3.11, 3.12 or 3.13"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo "gouji needs Python 3.11, 3.12 or 3.13; say which with make PYTHON=python3.12 setup"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

lock: $(VENV)/.ready ## Resolve the dependencies again into requirements.lock (hashes, no addresses)
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --all-extras --upgrade \
	  --output-file requirements.lock pyproject.toml

demo: setup ## Crawl model portals into ./gouji-demo, build its warehouse, say what to try
	$(BIN)/gouji demo

test: setup ## Run all tests
	$(BIN)/pytest -n auto --dist loadfile

check: setup ## What must hold before a commit: format, lint, types, layers, quick tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy etl dags
	$(BIN)/lint-imports
	$(BIN)/pytest -m "not slow"

format: setup ## Put the code into its format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## Measure reading, crawling and archiving against plain libraries, and a build of 50,000 reports
	$(BIN)/python -m bench.extract
	$(BIN)/python -m bench.crawl
	$(BIN)/python -m bench.archive
	$(BIN)/python -m bench.build
	$(BIN)/python -m bench.localise
	$(BIN)/python -m bench.rules
	$(BIN)/python -m bench.blame
	$(BIN)/python -m bench.narrative

peers: .venv-peers/.ready ## Install the plain libraries that bench.formats measures against, apart from .venv

.venv-peers/.ready: $(VENV)/.ready bench/peers.lock
	$(PYTHON) -m venv .venv-peers
	$(BIN)/uv pip install --quiet --python .venv-peers/bin/python --require-hashes -r bench/peers.lock
	# OpenCV's two packages are the same module: the one that img2table needs comes last.
	$(BIN)/uv pip install --quiet --python .venv-peers/bin/python --reinstall --no-deps opencv-contrib-python
	@touch $@

formats: peers ## Measure every format against plain libraries, and accuracy on documents never seen
	$(BIN)/python -m bench.formats
	$(BIN)/python -m bench.accuracy --count 100

docs: setup ## Generate again what docs/ takes from code and data
	$(BIN)/python -m etl.warehouse.document
	$(BIN)/python -m bench.localise --mutations docs/reference/unseen.md

suites: setup ## Generate again the Great Expectations suites of expectations/gx from the rules
	$(BIN)/python -m etl.check.context

documents: setup ## Draw again the documents of data/demo and tests/golden
	$(BIN)/python -m tests.makers demo
	$(BIN)/python -m tests.makers golden

airflow: setup ## Start a standalone Airflow on 127.0.0.1 with the nightly DAG
	$(BIN)/python scripts/airflow_standalone.py

clean: ## Remove the environment and everything generated
	rm -rf $(VENV) .venv-peers gouji-demo airflow-home dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

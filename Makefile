# What a developer runs. `make` alone lists it.
#
# One virtual environment, .venv, serves all targets. It is made anew when pyproject.toml or
# constraints.txt has changed; the files .venv/.has-* remember what has been installed in it.

PYTHON ?= python3
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --constraint constraints.txt --editable

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

MAKEFLAGS += --no-print-directory --no-builtin-rules
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test check locale pages bench clean

help:
	@echo "make demo     install into .venv and show the fictional clients"
	@echo "make test     run all tests (ARGS='-k word' to choose)"
	@echo "make check    style, types, and the toolkit's own checks of its data files"
	@echo "make locale   compile the translations"
	@echo "make pages    write the pages on the source documents in docs/kallor/ again"
	@echo "make bench    run the benchmarks"
	@echo "make clean    remove .venv and everything that was built"
	@echo "PYTHON=python3.12 make ... chooses another Python (3.11 or later)"

demo: $(VENV)/.has-core
	@$(BIN)/riskbehov demo

test: $(VENV)/.has-test
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.has-dev
	@echo "ruff check"
	@$(BIN)/ruff check --quiet .
	@echo "ruff format --check"
	@$(BIN)/ruff format --quiet --check .
	@echo "mypy"
	@$(BIN)/mypy --no-error-summary
	@echo "riskbehov check"
	@$(BIN)/riskbehov check
	@echo "riskbehov test"
	@$(BIN)/riskbehov test

locale: $(VENV)/.has-test
	@$(BIN)/pybabel --quiet compile --domain riskbehov --directory src/riskbehov/locale
	@echo "compiled src/riskbehov/locale/*/LC_MESSAGES/riskbehov.po"

pages: $(VENV)/.has-test
	@$(BIN)/python -m riskbehov.report.register.pages docs/kallor
	@echo "wrote docs/kallor/*.md"

bench: $(VENV)/.has-test
	@for script in benchmarks/[!_]*.py; do \
		echo "$$script"; \
		$(BIN)/python "$$script" || exit; \
	done

clean:
	@echo "removing .venv, builds and caches"
	@rm -rf $(VENV) build dist htmlcov .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/pyvenv.cfg: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version.split()[0]; \
		sys.exit(sys.version_info < (3, 11) and f"riskbehov needs Python 3.11 or later, and this is {v}: try PYTHON=python3.12 make ...")'
	@echo "making $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear $(VENV)

$(VENV)/.has-core: $(VENV)/pyvenv.cfg
	@echo "installing riskbehov into $(VENV)"
	@$(INSTALL) .
	@touch $@

$(VENV)/.has-test: $(VENV)/pyvenv.cfg
	@echo "installing riskbehov and what its tests need into $(VENV)"
	@$(INSTALL) '.[test]'
	@touch $(VENV)/.has-core $@

$(VENV)/.has-dev: $(VENV)/pyvenv.cfg
	@echo "installing riskbehov and its development tools into $(VENV)"
	@$(INSTALL) '.[dev]'
	@touch $(VENV)/.has-core $(VENV)/.has-test $@

# make setup   everything that payframe needs, in .venv and node_modules
# make demo    the local demo server; PORT=9000 and ARGS="--json" pass on
# make test    format, types, lint and all tests; installs a Chromium if there is none
# make test-check  payframe check and the pytest plugin on real pages; takes long
# make test-hosts  serves dist/ with a real nginx and Caddy (Debian: nginx-light, caddy)
# make mutants  takes the rules of the page away one by one, and sees a test fail for each
# make test-engines  the widget in Firefox and WebKit; as root on Debian, installs them
# make zoo     every page that `payframe check` is tried with, in every scene
# make build   dist/, the widget as one static page
# make docs    writes docs/rules from the rules of payframe check
# make pictures  takes the README's pictures anew
# make lock    renews requirements.lock from pyproject.toml
.DEFAULT_GOAL := help
BIN := .venv/bin
# A mirror that pip is told of is uv's too.
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
PORT :=
ARGS :=
PYTEST_ARGS :=
#: Many browsers, one after the other: payframe check and the pytest plugin on real pages.
LONG := tests/check/test_zoo.py tests/check/test_jobs.py tests/check/test_command.py \
  tests/check/test_report.py tests/check/test_own_page.py tests/plugin tests/examples/test_foreign_page.py

.PHONY: help setup demo build test test-check test-hosts test-engines mutants zoo check unit browser pytest format docs pictures lock clean

help:
	@sed -n 's/^# //p' Makefile

setup: .venv/.ready node_modules/.ready

# uv installs the lock ten times as fast as pip. It is in the lock itself, with its hashes.
.venv/bin/uv: requirements.lock
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "payframe needs Python 3.11 or newer; python3 is $$(python3 --version)."; exit 1; }
	@echo "Setting up .venv (1 of 3) ..."
	@python3 -m venv --clear .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.lock
	@touch $@

# Nothing is resolved: the lock is the whole truth, whatever has been published since.
.venv/.ready: .venv/bin/uv pyproject.toml
	@echo "Installing the packages of requirements.lock (2 of 3) ..."
	@$(BIN)/uv pip install --python $(BIN)/python --no-deps --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/uv pip check --python $(BIN)/python --quiet
	@mkdir -p .venv/types/payframe
	@ln -sfn $(addprefix ../../../,widget harness $(wildcard payframe/*.py payframe/py.typed)) .venv/types/payframe/
	@touch $@

node_modules/.ready: deno.json deno.lock .venv/.ready
	@echo "Installing the browser-side packages into node_modules (3 of 3, some ten seconds) ..."
	@rm -rf node_modules
	@$(BIN)/deno install --frozen --quiet
	@touch $@

demo: setup
	@$(BIN)/payframe demo $(if $(PORT),--port $(PORT)) $(ARGS)

build: setup
	@$(BIN)/payframe build $(ARGS)

test: check unit pytest

check: setup
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/deno fmt --check --quiet
	@$(BIN)/deno lint --quiet
	@$(BIN)/deno check --quiet widget/src/*.ts examples/*/templates/methods/*.ts tests/widget/*.ts tests/harness/portal/clients/*.ts

unit: setup
	@$(BIN)/deno test --quiet --allow-read --allow-net=127.0.0.1 tests/widget/

browser: setup
	@$(BIN)/python -m payframe.harness.browser.chromium --install

pytest: browser build
	@$(BIN)/pytest -n auto --timeout 180 --cov --cov-report=term $(addprefix --ignore=,$(LONG)) $(PYTEST_ARGS)

test-check: browser build
	@$(BIN)/pytest -n auto --timeout 240 $(LONG) $(PYTEST_ARGS)

test-hosts: setup
	@$(BIN)/pytest -m hosts tests/hosts

mutants: browser build
	@$(BIN)/python -m tests.mutants $(ONLY)

test-engines: setup
	@$(BIN)/python -m tests.engines.install
	@$(BIN)/pytest tests/engines -rfE $(PYTEST_ARGS)

zoo: browser
	@$(BIN)/pytest -n auto -m zoo --timeout 240 tests/check/test_zoo.py $(PYTEST_ARGS)

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/deno fmt

docs: setup
	@$(BIN)/python -m docs.write_rules

pictures: browser
	@$(BIN)/python -m docs.take_pictures
	@$(BIN)/python -m docs.take_engine_pictures

lock: setup
	$(BIN)/uv pip compile pyproject.toml --group dev --all-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade -o requirements.lock

clean:
	rm -rf .venv node_modules dist

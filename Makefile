# make setup     everything that payframe needs, in .venv and node_modules
# make demo      the local demo server; PORT=9000 and ARGS="--fresh" pass on
# make test      format, types, lint and the tests; ARGS="-k name" passes on to pytest
# make test-all  also what is slow: every page of the zoo, web servers, engines, mutants
# make docs      writes docs/rules from the rules of payframe check, and takes the pictures anew
# make format    formats the sources
# make lock      renews requirements.lock from pyproject.toml
# make clean     takes away what setup and builds have made
.DEFAULT_GOAL := help
BIN := .venv/bin
# A mirror that pip is told of is uv's too.
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
# Of payframe's own modules bytecode is written as they are first used, also where a shell says no.
unexport PYTHONDONTWRITEBYTECODE
PORT :=
ARGS :=

.PHONY: help setup demo test test-all docs format lock clean

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

# Compiled once: where no bytecode may be written, each start would compile all that it imports.
# Nothing is resolved: the lock is the whole truth, whatever has been published since.
.venv/.ready: .venv/bin/uv pyproject.toml
	@echo "Installing the packages of requirements.lock (2 of 3) ..."
	@$(BIN)/uv pip install --python $(BIN)/python --no-deps --require-hashes --compile-bytecode -r requirements.lock
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/uv pip check --python $(BIN)/python --quiet
	@touch $@

node_modules/.ready: deno.json deno.lock .venv/.ready
	@echo "Installing the browser-side packages into node_modules (3 of 3, some ten seconds) ..."
	@rm -rf node_modules
	@$(BIN)/deno install --frozen --quiet
	@touch $@

demo: setup
	@$(BIN)/payframe demo $(if $(PORT),--port $(PORT)) $(ARGS)

#: Four workers for two cores: a browser's answer is waited for, and leaves its core to another.
PYTEST := $(BIN)/pytest -n $(shell expr 2 \* $$(nproc)) --dist worksteal --timeout 180
TYPED := widget/src/*.ts examples/*/templates/methods/*.ts tests/widget/*.ts tests/studio/*.ts tests/harness/portal/clients/*.ts harness/check/*.js harness/check/scenes/*.js harness/sandbox/vault/static/*.js harness/studio/*.js harness/studio/static/*.js $(addprefix harness/seller/static/,back.js noise.js observed.js)

#: What is found without a browser, and what the tests need; side by side.
.PHONY: before-tests static types scripts browser page
before-tests: setup
	@echo "Checking formats, types and scripts, and building the page (some 20 seconds) ..."
	@$(MAKE) --no-print-directory --jobs --output-sync static

static: types scripts browser page
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .

types:
	@mkdir -p .venv/types/payframe
	@ln -sfn $(addprefix ../../../,widget harness $(wildcard payframe/*.py payframe/py.typed)) .venv/types/payframe/
	@$(BIN)/mypy --num-workers 2

scripts:
	@$(BIN)/deno fmt --check --quiet
	@$(BIN)/deno lint --quiet
	@$(BIN)/deno check --quiet $(TYPED)
	@$(BIN)/deno test --quiet --reporter dot --parallel --no-check --allow-read --allow-net=127.0.0.1 tests/widget/ tests/studio/

browser:
	@$(BIN)/python -m payframe.harness.browser.chromium --install

page:
	@$(BIN)/payframe build

test: before-tests
	@$(PYTEST) $(ARGS)

test-all: before-tests
	@$(BIN)/python -m tests.install
	@$(PYTEST) -m "slow or not slow" --timeout 900 --cov --cov-report=term $(ARGS)
	@$(BIN)/pytest tests/engines -rfE
	@$(BIN)/python -m tests.mutants

docs: setup
	@$(BIN)/python -m payframe.harness.browser.chromium --install
	@$(BIN)/python -m docs.write_rules
	@$(BIN)/python -m docs.take_pictures
	@$(BIN)/python -m docs.take_studio_pictures
	@$(BIN)/python -m docs.take_engine_pictures

format: setup
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/deno fmt

lock: setup
	$(BIN)/uv pip compile pyproject.toml --group dev --all-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade -o requirements.lock

clean:
	rm -rf .venv node_modules dist

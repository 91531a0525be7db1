# The verbs of development. `make` lists them; each sets up what it needs.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
# Libraries are compiled once, on first use; else every start of the command line would compile them again.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
DEV := .venv/.dev
CORE := .venv/.core
SPARK := .venv-spark/.spark
ASSETS := src/zhihang/web/static/vendor/.stamp
# Where development is set up, the main job runs in that; else the few packages of the core are enough.
RUNNABLE := $(if $(wildcard $(DEV)),$(DEV),$(CORE))
# What the main job needs beyond the smallest install.
RUN_EXTRAS := --extra analytics --extra names --extra navigation --extra reports --extra search --extra web
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header $(UPGRADE)

.PHONY: help setup run test test-web test-spark check bench docs golden fix lock clean

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(DEV) $(ASSETS) ## make .venv with everything development needs

run: $(RUNNABLE) $(ASSETS) ## run the main job on a simulated register; on a terminal serve its pages then (SERVE=no: never)
	@scripts/run.sh

test: $(DEV) $(ASSETS) ## run the everyday tests, on DuckDB and on Sail, on all cores (PYTEST="..." adds options)
	@scripts/system_packages.sh
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(PYTEST)

test-web: $(DEV) $(ASSETS) ## run the tests that need PostgreSQL and the long journeys through the pages
	@scripts/system_packages.sh
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "postgres or journey" tests/web $(PYTEST)

test-spark: $(SPARK) ## run the tests that need a real Spark cluster (Java 17 or 21)
	@JAVA_HOME=$$(scripts/java.sh) SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON=$(CURDIR)/.venv-spark/bin/python \
	  .venv-spark/bin/python -m pytest -m spark tests $(PYTEST)

bench: $(DEV) ## run the slow and the quality tests, then the benchmarks (BENCH="..." names some)
	@$(BIN)/python -m pytest -m "slow or quality" tests $(PYTEST) || [ $$? -eq 5 ]
	@$(BIN)/python benchmarks/run.py $(BENCH)

docs: $(DEV) ## write the generated pages of docs/reference anew
	@$(BIN)/python scripts/docs.py

golden: $(DEV) ## write the expected outputs in tests/golden anew; then read the difference
	@$(BIN)/python -m pytest --update-golden tests $(PYTEST)

# ---------------------------------------------------------------- check, and its parts

CHECKS := check-format check-style check-types check-imports check-documents check-spelling
.PHONY: $(CHECKS)

check: $(CHECKS) ## check format, style, types, imports, documents, spelling (-k goes on after a failure)

check-format: $(DEV)
	@$(BIN)/ruff format --check .

check-style: $(DEV)
	@$(BIN)/ruff check .

check-types: $(DEV)
	@$(BIN)/mypy

check-imports: $(DEV)
	@$(BIN)/lint-imports --no-logo

check-documents: $(DEV)
	@$(BIN)/python scripts/docs.py --check

check-spelling: $(DEV)
	@$(BIN)/codespell

fix: $(DEV) ## let ruff put right what it can
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

# ---------------------------------------------------------------- environments and locks

# A stamp is newer than what it was made from; so nothing is installed twice.
$(DEV): requirements/dev.txt requirements/build.txt pyproject.toml
	@scripts/venv.sh .venv requirements/dev.txt requirements/build.txt
	@touch $@ $(CORE)

$(CORE): requirements/core.txt requirements/build.txt pyproject.toml
	@scripts/venv.sh .venv requirements/core.txt requirements/build.txt
	@touch $@

# Charts and font of the pages; without npm they are left out, and asked for again the next time.
$(ASSETS): package-lock.json scripts/web_assets.sh
	@scripts/web_assets.sh
	@if [ -f $@ ]; then touch $@; fi

# dev and spark have an environment each: pyspark and pyspark-client bring the same package.
$(SPARK): requirements/spark.txt requirements/build.txt pyproject.toml
	@scripts/venv.sh .venv-spark requirements/spark.txt requirements/build.txt
	@touch $@

lock: UV = $(shell scripts/uv.sh)
lock: ## write requirements/*.txt anew from pyproject.toml (UPGRADE=--upgrade takes newer versions)
	@$(COMPILE) -c requirements/pins.txt pyproject.toml $(RUN_EXTRAS) -o requirements/core.txt
	@$(COMPILE) -c requirements/core.txt pyproject.toml --extra dev -o requirements/dev.txt
	@$(COMPILE) -c requirements/dev.txt pyproject.toml --extra spark --extra test $(RUN_EXTRAS) -o requirements/spark.txt
	@$(COMPILE) -c requirements/dev.txt --group build -o requirements/build.txt
	@$(COMPILE) --group installer -o requirements/uv.txt
	@! grep -nE '://|--index-url|--extra-index-url|--find-links' requirements/*.txt

clean: ## remove what tools leave behind; environments and workspaces stay
	@rm -rf build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

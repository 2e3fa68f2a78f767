# Every command of the project. Needs Python 3.11 or newer and make; `make` alone lists the commands.
# The first Python that is new enough makes the environment; another one: make serve PYTHON=python3.13
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
VENV := .venv
RUN := $(VENV)/bin/python
STAMP := $(VENV)/.stamp
PYTEST_ARGS ?=
MINUTES ?= 30
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help serve docs test test-slow test-peers bench bench-peer soak check format lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z.-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# The stamp is written last: an installation that broke off is made anew, and so is one older than the lock.
$(STAMP): requirements-dev.txt
	@test -n '$(PYTHON)' || { echo 'Res68 needs Python 3.11 or newer, and none was found.' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'This Python cannot make environments: install its venv package (Debian: python3-venv).' >&2; exit 1; }
	@echo 'Making the environment in $(VENV) (once, and when the requirements change) ...'
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@

.venv: $(STAMP) ## make the environment from the hashed requirements

serve: $(STAMP) ## load the reference dataset and serve it on http://127.0.0.1:8068
	@$(RUN) -m res68 serve

check: $(STAMP) ## report what is wrong in the dataset, without a store
	@$(RUN) -m res68 check

test: $(STAMP) ## everything that CI runs
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(RUN) -m pytest -m "not slow" -n auto --dist loadscope $(PYTEST_ARGS)

test-slow: $(STAMP) ## the long tests: a second Neo4j, kill -9 by the dozen, load at scale
	$(RUN) -m pytest -m slow $(PYTEST_ARGS)

test-peers: $(STAMP) ## what parsers and query engines of others make of the RDF: needs raptor2-utils, serdi, Node
	RES68_REQUIRE_PEERS=1 $(RUN) -m pytest tests/http/peers $(PYTEST_ARGS)

bench: $(STAMP) ## time both engines and print the figures
	$(RUN) -m bench

soak: $(STAMP) ## ask a service for MINUTES (30) while datasets are loaded: no fault, no growth
	$(RUN) -m bench.soak --minutes $(MINUTES)

bench-peer: $(STAMP) ## time the API beside @neo4j/graphql and beside a bare route: needs Java, Maven, Node
	$(RUN) -m bench.peer

docs: $(STAMP) ## make the pages and the schema that are derived from code and declarations
	@$(RUN) -m res68 schema graphql > schema/schema.graphql
	@$(RUN) -m res68 schema model > docs/model.md
	@$(RUN) -m res68 schema rdf > ontology/published/res68.ttl
	@$(RUN) -m res68 schema shapes > ontology/published/shapes.ttl
	@$(RUN) -m res68 schema context > ontology/published/context.jsonld
	@$(RUN) -m res68 settings > docs/settings.md

format: $(STAMP) ## lay out the code and repair what ruff can
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

lock: ## compile the requirement files from pyproject.toml (needs uv)
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) --constraint requirements.txt --group otel pyproject.toml --output-file requirements-otel.txt
	$(LOCK) --constraint requirements.txt --constraint requirements-otel.txt --group dev pyproject.toml --output-file requirements-dev.txt

clean: ## remove the environment and what the tools left
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# What a person does with this checkout. Every target sets up first, once.
.DEFAULT_GOAL := help
.PHONY: help setup run demo test lint typecheck imports quick bench format constraints record wheel clean

PYTHON ?= python3
READY := .venv/.ready
BIN := .venv/bin

help: ## Show this list
	@echo "make TARGET, where TARGET is one of:"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

setup: $(READY) ## Make .venv with the command .venv/bin/mlops-tui in it

# Done once, and again when what is needed has changed. uv installs in seconds what takes pip
# minutes; where uv cannot reach the packages (pip may be set up for a mirror) pip does it.
$(READY): pyproject.toml constraints.txt
	@found=; for candidate in "$(PYTHON)" python3 python3.13 python3.12 python3.11; do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    found=$$candidate; break; fi; done; \
	if [ -z "$$found" ]; then \
	  echo "mlops-tui needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) -V 2>&1 || true)." >&2; \
	  echo "Install one and run: make setup PYTHON=/path/to/python3.12" >&2; exit 1; fi; \
	if ! [ -x $(BIN)/python ]; then \
	  "$$found" -m venv .venv || { rm -rf .venv; \
	    echo "Python cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; fi
	@echo "Installing what mlops-tui needs into .venv (about 700 MB, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode -c constraints.txt -e '.[dev]' || { \
	  echo "uv could not install the packages; trying with pip, which takes some minutes."; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'; }
	@touch $(READY)
	@echo "Ready: .venv/bin/mlops-tui"

run: $(READY) ## Open the app
	@$(BIN)/mlops-tui

demo: $(READY) ## Replay the bundled session into ./demo and ask the service it made
	@into=demo; number=1; while [ -e "$$into" ]; do number=$$((number + 1)); into=demo-$$number; done; \
	$(BIN)/mlops-tui demo --headless --into "$$into"

test: lint typecheck imports ## Check the code, then run all tests
	@$(BIN)/python -m pytest

quick: $(READY) ## The tests without whole journeys and installations
	@$(BIN)/python -m pytest -m "not slow"

lint: $(READY) ## Check the style
	@$(BIN)/ruff check .

typecheck: $(READY) ## Check the types
	@$(BIN)/mypy

imports: $(READY) ## Check that arrows point one way
	@$(BIN)/lint-imports --no-logo

bench: $(READY) ## Measure what has a bar to reach
	@for bench in benchmarks/*/__main__.py; do [ -e "$$bench" ] || continue; \
	  name=$$(basename "$$(dirname "$$bench")"); echo "== $$name"; \
	  $(BIN)/python -m "benchmarks.$$name" || exit 1; done

format: $(READY) ## Let ruff mend what it can
	@$(BIN)/ruff check --fix .

constraints: $(READY) ## Renew constraints.txt (UPGRADE=1 takes the newest versions)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev pyproject.toml \
	  --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
	  $(if $(UPGRADE),--upgrade) --output-file constraints.txt

record: $(READY) ## Record the bundled session anew, after a change of what the demo finds
	@folder=$$(mktemp -d) && \
	$(BIN)/mlops-tui demo --headless --into "$$folder/late-flights" && \
	cp "$$folder/late-flights/session.yaml" mlops_tui/demo/session.yaml; \
	code=$$?; rm -rf "$$folder"; exit $$code

wheel: $(READY) ## Build dist/*.whl for pipx install
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist .

clean: ## Remove what was built; your projects and the demo stay
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

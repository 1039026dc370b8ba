# Every target sets up what it needs in .venv and is quick when nothing changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: run test check bench eval clean

run: $(READY)  ## Index the sample documents if there is no index yet, then serve the chat page.
	@test -e "$${SANAD_INDEX:-.sanad}/current" || $(BIN)/sanad index
	@$(BIN)/sanad chat

test: $(READY)  ## Run the tests: two processes of one thread each, as more threads wait for each other.
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n 2 --dist loadfile

check: $(READY)  ## Lint, format, types, and the direction of imports.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: DOCUMENTS ?= 10000
bench: PASSAGES ?= 1000 100000
bench: $(READY)  ## Measure speed on this machine: answers, builds, rebuilds of DOCUMENTS, indexes of PASSAGES.
	@$(BIN)/python -m eval.bench
	@$(BIN)/python -m ui.bench
	@$(BIN)/python -m eval.rebuild --documents $(DOCUMENTS)
	@$(BIN)/python -m eval.scale $(PASSAGES)

eval: $(READY)  ## Measure the answers on the project's own questions; fails below eval/thresholds.toml.
	@$(BIN)/sanad eval --gate

clean:  ## Remove the environment; the index, with conversations and uploads, stays.
	rm -rf $(VENV)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sanad needs Python 3.11 or newer; run 'make PYTHON=/path/to/python3.11'."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) (some minutes the first time) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar on -c constraints.txt -e ".[bench,dev]"
	@touch $(READY)

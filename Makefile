# Two commands matter: `make run` and `make test`. Everything else serves them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
SECONDS ?= 60
FILES ?= 10000
SEQUENCES ?= 1000
FUZZED := text xlsx ods webpage mhtml xmlsheet json parquet access zip

.PHONY: run test check setup dev browser format lock messages bench dirt fuzz long generated merges soak clean

run: setup            ## start the app on http://127.0.0.1:8501 (other port: make run PORT=8600)
	@$(BIN)/python -m crm_core serve --port $(PORT)

test: dev browser     ## run every test: folder by folder, so that the long ones in a browser come first
	@$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: dev            ## format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

setup: $(VENV)/.run   ## make the environment that the app needs
dev: $(VENV)/.dev

# uv installs the lock in seconds where it is there; pip does the same in about a minute.
$(VENV)/.run: requirements.txt
	@sh tools/install.sh "$(PYTHON)" $(VENV) requirements.txt
	@sh tools/access.sh
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.run
	@sh tools/install.sh "$(PYTHON)" $(VENV) requirements-dev.txt
	@touch $@

browser: dev          ## get a browser and Chinese fonts for the tests
	@sh tools/browser.sh $(BIN)/python

format: dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: dev             ## resolve pyproject.toml anew into the two requirements files
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url pyproject.toml --extra dev -c requirements.txt \
	    -o requirements-dev.txt

messages: dev         ## take new interface texts into the Chinese catalogues
	@$(BIN)/pybabel -q extract -F babel.cfg --no-default-keywords -k text -k plural:1,2 -k mark \
	    --ignore-dirs ".* __*" --no-location --omit-header -o $(VENV)/messages.pot .
	@$(BIN)/pybabel -q extract --no-default-keywords -k word --no-location --omit-header \
	    -o $(VENV)/streamlit.pot pages/_ui/shell
	@for domain in messages streamlit; do \
	    $(BIN)/pybabel -q update -N --ignore-obsolete -w 100 -l zh -D $$domain \
	        -i $(VENV)/$$domain.pot -d crm_core/i18n/locale || exit 1; \
	    sed -i.bak -E '/^"(Project|Report|POT|PO|Last|Language-Team|Generated)[A-Za-z-]*:/d' \
	        crm_core/i18n/locale/zh/LC_MESSAGES/$$domain.po; \
	    rm crm_core/i18n/locale/zh/LC_MESSAGES/$$domain.po.bak; done

bench: dev            ## every performance figure we quote
	@for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || failed=1; done; exit $${failed:-0}

dirt: dev             ## how much planted dirt the import mends, and how much it spoils
	@$(BIN)/python bench/dirt.py

fuzz: dev             ## throw damaged files at every reader (each so long: make fuzz SECONDS=60)
	@CRM_FUZZ=2000 $(BIN)/python -m pytest tests/sources/test_fuzz.py
	@for reader in $(FUZZED); do echo "== $$reader"; \
	    OPENBLAS_NUM_THREADS=1 $(BIN)/python fuzz/reader.py $$reader $(SECONDS) || exit 1; done

long: dev browser     ## the tests that take long
	@CRM_EXAMPLES=long $(BIN)/python -m pytest -m "long or hypothesis" -n auto --dist loadfile

generated: dev        ## load generated exports (so many: make generated FILES=10000)
	@CRM_GENERATED=$(FILES) $(BIN)/python -m pytest -m '' -n auto tests/imports/test_generated_files.py

merges: dev           ## merge, load and take back at random (so many: make merges SEQUENCES=1000)
	@CRM_MERGE_SEQUENCES=$(SEQUENCES) CRM_MERGES=100 CRM_UNDO=100 CRM_LOOK_ALIKES=5000 \
	    $(BIN)/python -m pytest -m '' -n auto tests/imports/test_unmerging_everything.py \
	    tests/imports/test_merges_among_loads.py tests/imports/test_undo_in_any_order.py \
	    tests/matching/test_held_apart.py

soak: dev             ## kill writers, loads, feeds, merges and matching many times
	@CRM_KILL_ROUNDS=200 $(BIN)/python -m pytest -m '' tests/faults

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

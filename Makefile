# Every chore is one command. `make` sets up and builds the book, `make test` sets up and tests.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
READY := $(VENV)/.ready

.PHONY: all build test test-slow test-all coverage mutants faults soak test-without-posix lint types format bench profile formulas lock template pages docs release-check clean

all: build

build: $(READY)
	$(RUN) -m builder build

test: $(READY)
	$(RUN) -m pytest -n auto --dist worksteal -m "not slow"

test-slow: $(READY)
	$(RUN) -m pytest -n auto --dist worksteal -m slow

test-all: $(READY)
	$(RUN) -m pytest -n auto --dist worksteal

# How much of each room the tests run; less than nine tenths of one is an error. TESTS names some of the tests.
coverage: $(READY)
	$(RUN) -m pytest -n auto --dist worksteal --cov --cov-report= $(TESTS)
	$(RUN) -m coverage json -q -o .coverage.json
	$(RUN) tools/coverage_by_room.py .coverage.json

# Small faults in modules of the table in tools/mutants.py, of which MODULES names some: those that no test notices.
mutants: $(READY)
	$(RUN) tools/mutants.py $(MODULES)

# COUNT faults drawn at random in whole rooms, ROOMS of them, each with all quick tests of its room.
COUNT ?= 24
faults: $(READY)
	$(RUN) tools/sampled_faults.py --count $(COUNT) $(ROOMS)

# As on Windows: no fork, no signals but a few, no folder that opens as a file; TESTS names some of the tests.
test-without-posix: $(READY)
	PYTHONPATH="$(CURDIR)/tests/without_posix" $(RUN) -m pytest -n auto --dist worksteal -m "not slow" $(TESTS)

# Whatever may be done to sources, outputs and caches, for MINUTES: does each build equal a clean one? Then all random examples.
MINUTES ?= 30
RANDOM_TESTS := tests/book/test_random.py tests/book/test_print.py tests/deck/test_random_decks.py tests/deck/test_kinds.py tests/shelf/test_engine.py
soak: $(READY)
	SOAK_MINUTES=$(MINUTES) $(RUN) -m pytest -x -s tests/rebuilding/test_anything.py -k for_minutes
	EXAMPLES=all $(RUN) -m pytest -n auto --dist worksteal $(RANDOM_TESTS)

lint: $(READY)
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(VENV)/bin/lint-imports

types: $(READY)
	$(RUN) -m mypy

format: $(READY)
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

# Against plain Sphinx and others; public books come from folders below BOOKS by their names, else by git.
bench: $(READY)
	$(RUN) tools/bench.py
	$(RUN) tools/bench_print.py
	$(RUN) tools/bench_slides.py
	$(RUN) tools/bench_merge.py
	$(RUN) tools/bench_real.py --books "$(BOOKS)"

# Flame graphs of cold builds, of this book or those in the folders BOOKS, in profiles/, and the share of each step.
profile: $(READY)
	$(RUN) tools/profile_build.py $(BOOKS)

# Formulas of the corpus, and of the books in the folders BOOKS, as MathJax and we set them: a contact sheet and a report.
formulas: $(READY)
	$(RUN) tools/formulas/compare.py $(BOOKS)

template: $(READY)
	$(RUN) tools/make_templates.py

# The reference pages that come from the code.
pages: $(READY)
	$(RUN) tools/make_options_page.py
	$(RUN) tools/make_commands_page.py
	$(RUN) tools/make_languages_page.py
	$(RUN) tools/make_nodes_page.py
	$(RUN) tools/make_limits_table.py
	$(RUN) tools/make_faults_page.py
	$(RUN) tools/make_schema.py
	$(RUN) tools/make_editor_files.py
	$(RUN) tools/make_man_page.py
	$(RUN) tools/make_shelf_keys.py

# The manual, built by the tool itself into docs/_build: web book, printed book and an introductory deck.
docs: $(READY)
	$(RUN) -m builder build -W docs -o docs/_build

# Wheel and sdist as an index, Windows, and empty environments of the oldest and the newest Python have them.
release-check: $(READY)
	$(RUN) tools/release_check.py

clean: $(READY)
	$(RUN) -m builder clean

# The lock file names every package at its version; offline this does nothing once it has run.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(RUN) -m compileall -q src
	touch $(READY)

# A new lock file from what pyproject.toml asks for.
lock:
	rm -rf .lock-venv
	$(PYTHON) -m venv .lock-venv
	.lock-venv/bin/python -m pip install --quiet hatchling editables
	.lock-venv/bin/python -m pip install --quiet --no-build-isolation --editable ".[dev]"
	.lock-venv/bin/python -m pip freeze --all --exclude-editable --exclude pip --exclude setuptools > requirements.lock
	rm -rf .lock-venv

# One command for everything: `make check` is what CI runs on the code.
PYTHON ?= python

.PHONY: check format schemas golden docs

check:
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	lint-imports
	$(PYTHON) -m pytest -q

format:
	$(PYTHON) -m ruff check --fix .
	$(PYTHON) -m ruff format .

# The published schemas come out of the models; a test fails when they differ.
schemas:
	$(PYTHON) -m claimtrack.models schemas

# Golden files are written anew from what the code does now: read the diff before you keep it.
golden:
	CLAIMTRACK_REWRITE=1 $(PYTHON) -m pytest -q tests

# The documentation site goes to site/; a warning stops it. Needs `pip install -e '.[docs]'`, and no network.
docs:
	$(PYTHON) -m mkdocs build --strict

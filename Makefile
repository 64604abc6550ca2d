# make demo: see transclean at work. make test: everything that must hold.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint typecheck rules unit benchmark-quality benchmark-speed
.PHONY: train-chrome train-pronouns
.PHONY: docs reference clean

demo: $(VENV)/installed
	@echo '== transclean check examples/articles'
	@$(BIN)/transclean check examples/articles || test $$? -eq 1
	@echo '== transclean fix --diff examples/articles'
	@$(BIN)/transclean fix --diff examples/articles || test $$? -eq 1

test: lint typecheck rules unit

lint: $(VENV)/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

typecheck: $(VENV)/developing
	$(BIN)/mypy

rules: $(VENV)/developing
	$(BIN)/transclean rules test

unit: $(VENV)/developing
	$(BIN)/pytest --numprocesses=2

# Quality on human English and on labelled sets; writes benchmarks/quality/RESULTS.md.
benchmark-quality: $(VENV)/developing
	$(BIN)/python benchmarks/quality/run.py

# The weights of the marks of page furniture; the lines of benchmarks/chrome teach them.
train-chrome: $(VENV)/developing
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(BIN)/python benchmarks/chrome/train.py

# The weights of the vote on pronouns, rules/weights; the texts of benchmarks/pronouns teach it.
train-pronouns: $(VENV)/developing
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	$(BIN)/python benchmarks/pronouns/train.py

# Whole processes against codespell's, in pairs; writes benchmarks/speed/RESULTS.md.
benchmark-speed: $(VENV)/developing
	$(BIN)/python benchmarks/speed/run.py

# What the console sessions of the documentation print, written into them.
docs: reference
	$(BIN)/python docs/sessions.py --write

# The rule reference, docs/rules.md, from the rule files.
reference: $(VENV)/developing
	$(BIN)/transclean rules reference --isolated > docs/rules.md.new
	mv docs/rules.md.new docs/rules.md

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/developing: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/installed

# Bihuan 闭环. `make run` and `make test` set up all they need; nothing else is required beforehand than
# Python 3.11 and make.
PYTHON ?= python3.11
ifeq (, $(shell command -v $(PYTHON) 2>/dev/null))
  PYTHON := python3
endif
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000
export PYTHONUNBUFFERED := 1

.PHONY: help setup run serve test check bench shots docs clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "需要 Python 3.11，请先安装，或用 make PYTHON=路径 指明。"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python tools/link_package.py
	@touch $@

$(VENV)/development: requirements-dev.lock $(VENV)/runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/runtime  ## the virtual environment, the database, the static files
	@tools/system-packages.sh fonts
	$(BIN)/bihuan migrate --verbosity 0
	$(BIN)/bihuan collectstatic --noinput --verbosity 0

# The demo's administrators sign in without a second factor. (A comment behind the value would belong to it.)
run: export BIHUAN_DEMO = 1
run: setup  ## set up, build the demo place in an empty database, serve
	$(BIN)/bihuan demo
	$(BIN)/bihuan tick
	@$(MAKE) --no-print-directory serve

serve: setup  ## serve what is there
	@echo "闭环正在运行：http://$(ADDRESS)/ （按 Ctrl-C 停止）"
	$(BIN)/gunicorn bihuan.config.wsgi --bind $(ADDRESS) --workers 2 --threads 4 --access-logfile /dev/null

test: $(VENV)/development  ## everything: rules, pages, browser, PostgreSQL
	@tools/system-packages.sh fonts tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/development  ## style, types, layers, drift of what is generated
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bihuan makemigrations --check --dry-run --verbosity 0
	$(BIN)/bihuan docs --check

bench: $(VENV)/development  ## measurements, with the peers beside them in one run
	$(BIN)/python -m bench

shots: $(VENV)/development setup  ## the guide's pictures
	@tools/system-packages.sh fonts tests
	$(BIN)/python tools/shots.py

docs: $(VENV)/runtime  ## write what is generated: procedures, glossary
	$(BIN)/bihuan docs --write

lock: $(VENV)/development  ## pin everything anew, by hash
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header --no-annotate -c requirements.lock -o requirements-dev.lock

clean:  ## everything made, but the data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache

# make                sets itself up, then builds the documents of every workbook in inputs/ into outputs/
# make test           formatting, lint, types, floors and tests
# make golden         writes the golden files of the tests anew: read their diff like code
# make benchmark      measures against the scripts of benchmarks/others: benchmarks/__main__.py says how and with what
# make requirements   pins the dependencies anew (needs uv); UPGRADE=--upgrade takes newer releases
# make clean          removes everything that was made, the virtual environment and outputs/ included

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PYTHON := $(BIN)/python

# Settings that would send packages elsewhere than into .venv; those that say where packages come from stay.
unexport PYTHONHOME PYTHONPATH
unexport PIP_TARGET PIP_PREFIX PIP_ROOT PIP_PYTHON PIP_REQUIREMENT PIP_EDITABLE PIP_CONSTRAINT PIP_NO_BINARY PIP_REPORT
export PIP_USER := 0
export PIP_NO_DEPS := 0
export PIP_DRY_RUN := 0
export PIP_REQUIRE_HASHES := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: build test golden benchmark requirements clean
.SUFFIXES:

build:
	@$(call set-up,requirements.txt)
	@$(PYTHON) -m svreport build inputs/

test:
	@$(call set-up,tests/requirements.txt)
	@$(PYTHON) -m ruff format --check --quiet . || { echo "The files above are not formatted: run $(PYTHON) -m ruff format" >&2; exit 1; }
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo
	@$(PYTHON) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

golden:
	@$(call set-up,tests/requirements.txt)
	@$(PYTHON) -m pytest --regenerate

benchmark:
	@$(call set-up,tests/requirements.txt)
	@$(PYTHON) -m benchmarks $(WITH)

requirements:
	@$(call pin,requirements.txt,--group build)
	@$(call pin,tests/requirements.txt,--constraint requirements.txt --group build --group dev)
	@$(call pin,benchmarks/requirements.txt,--constraint requirements.txt --group benchmarks)

clean:
	rm -rf .venv .venv-benchmarks outputs build dist tests/node_modules
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find svreport tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} +

# $(call set-up,FILE): .venv holds what the requirements FILE pins, and svreport itself, editable.
# .venv/ready is written last. Its first line is the folder (a virtual environment does not survive a move), the others
# are the sums of what was installed: without it, or when svreport does not import, .venv is made afresh; when only a sum
# is missing, pip brings it up to date.
define set-up
set -e; \
here=`pwd`; \
whole() { test "`head -n 1 .venv/ready 2>/dev/null`" = "$$here" && $(PYTHON) -I -c 'import svreport' 2>/dev/null; }; \
sums() { for file in requirements.txt $(1); do echo "$$file" `cat pyproject.toml "$$file" | cksum`; done | sort -u; }; \
holds() { sums | while read -r sum; do grep -Fqx "$$sum" .venv/ready || exit 1; done; }; \
if whole && holds; then exit 0; fi; \
found=; \
if ! whole; then \
  suits='import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'; \
  for found in python3.14 python3.13 python3.12 python3.11 python3 python py none; do \
    if "$$found" -c "$$suits" 2>/dev/null; then break; fi; \
  done; \
  if [ "$$found" = none ]; then \
    echo "svreport needs Python 3.11 or newer with its venv module, and none was found:" \
      "install it from python.org (on Debian and Ubuntu: apt install python3 python3-venv), then run make again." >&2; \
    exit 1; \
  fi; \
fi; \
echo "Setting up .venv from $(1): once, and again only when it changes." >&2; \
if [ -n "$$found" ]; then "$$found" -m venv --clear .venv; fi; \
rm -f .venv/ready; \
$(PYTHON) -m pip install -qq --require-hashes --requirement $(1); \
$(PYTHON) -m pip install -qq --no-deps --no-build-isolation --editable .; \
{ echo "$$here"; sums; } > .venv/ready
endef

# $(call pin,FILE,GROUPS): one file for every system and Python from 3.11 on, with hashes and without an index's address.
define pin
UV_CUSTOM_COMPILE_COMMAND='make requirements' uv pip compile --quiet --no-config --universal --python-version 3.11 \
  --generate-hashes --no-annotate --no-emit-index-url $(UPGRADE) $(2) --output-file $(1) pyproject.toml
endef

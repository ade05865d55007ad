# Everything that is done from outside. `make help` lists it; a fresh clone needs make and Python 3.11 or newer.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help install run serve test soak bench screenshots lint lock clean python-has-gone

VENV := .venv
PYTHON := $(VENV)/bin/python
FLASK := $(PYTHON) -m flask --app wsgi

# One stamp a step: a step is done again only when what it was made from has changed.
MADE := $(VENV)/.made
INSTALLED := $(VENV)/.installed
FONTS := $(VENV)/.fonts
TESTING := $(VENV)/.installed-for-tests

# `make lock UPGRADE=1` moves to the newest versions; without it only what has to change does.
LOCK := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

install: $(FONTS) ## set up .venv with the locked requirements and the certificate fonts
	@$(if $(filter install,$(MAKECMDGOALS)),echo "Ready.",:)

run: install ## set up, play the demonstration where the books are empty, and serve on PORT (8000)
	@$(FLASK) serve --demonstration

serve: install ## the same without the demonstration
	@$(FLASK) serve

test: install $(TESTING) ## install and run every check and test
	@echo "Checking style (ruff) …"
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m ruff format --check --quiet . || { echo "Not formatted: run .venv/bin/ruff format ."; exit 1; }
	@echo "Checking types (mypy) …"
	@$(PYTHON) -m mypy --no-error-summary
	@$(PYTHON) -m tests.browser.chromium
	@echo "Running the tests …"
	@$(PYTHON) -m pytest --quiet -n logical --maxprocesses 8 --dist worksteal --durations 5

soak: install $(TESTING) ## the long proofs on both databases; SOAK="--only race --scale 0.1 --seed 7" for a part of them
	@$(PYTHON) -m tests.soak $(SOAK)

bench: install $(TESTING) ## every hot path beside its bare floor; BENCH="--sizes 1000 --only page --profile" for a part
	@$(PYTHON) -m tests.bench $(BENCH)

screenshots: install $(TESTING) ## pictures of every page, phone and desk, both languages, to SCREENS (docs/screens); ONLY=weigh for some
	@$(PYTHON) -m tests.browser.chromium
	@$(PYTHON) -m tests.browser.screenshots $(or $(SCREENS),docs/screens) --only "$(ONLY)" 2> $(VENV)/screenshots.log \
		|| { tail -n 20 $(VENV)/screenshots.log >&2; exit 1; }

lint: $(INSTALLED) $(TESTING) ## the quick checks: style, types and the rules of the house
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m ruff format --check --quiet . || { echo "Not formatted: run .venv/bin/ruff format ."; exit 1; }
	@$(PYTHON) -m mypy --no-error-summary
	@$(PYTHON) -m pytest --quiet tests/rules

lock: $(MADE) ## write requirements.txt and tests/requirements.txt anew from the lists of what is wanted
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check uv
	@echo "Locking requirements.txt …"
	@$(LOCK) .requirements.in --output-file requirements.txt
	@echo "Locking tests/requirements.txt …"
	@$(LOCK) tests/requirements.in --output-file tests/requirements.txt

clean: ## remove .venv and caches; the books in instance/ are kept
	@rm -rf $(VENV) .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .schemathesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment that was interrupted half-way is completed; one whose Python has gone is made anew.
$(MADE): $(if $(shell test -x $(PYTHON) && echo there),,python-has-gone)
	@if $(PYTHON) -m pip --version > /dev/null 2>&1; then touch $@; exit 0; fi; \
	for candidate in python3.11 python3 python; do \
		if $$candidate -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' > /dev/null 2>&1; then \
			echo "Making the environment in $(VENV) with $$($$candidate --version) …"; \
			$$candidate -m venv --clear $(VENV) && touch $@ && exit 0; exit 1; \
		fi; \
	done; \
	echo "This needs Python 3.11 or newer with its venv module (on Debian and Ubuntu: apt install python3.11-venv)." >&2; \
	exit 1

$(INSTALLED): requirements.txt $(MADE)
	$(call install-locked,the service needs)

$(TESTING): tests/requirements.txt $(INSTALLED)
	$(call install-locked,the tests need)

$(FONTS): certificates/font_making.py $(INSTALLED)
	@$(PYTHON) -m certificates.font_making
	@touch $@

# One line a package as pip gets to it; everything pip said is kept, and its end shown where it fails.
define install-locked
	@log=$(VENV)/install.log; : > $$log; count=0; all=$$(grep -c '^[a-z].*==' $<); \
	echo "Installing what $(1) …"; \
	{ $(PYTHON) -m pip install --disable-pip-version-check --require-hashes -r $< 2>&1; echo "pip ended: $$?"; } | \
	while IFS= read -r line; do \
		printf '%s\n' "$$line" >> $$log; \
		case "$$line" in \
			"Ignoring "*) all=$$((all - 1));; \
			"Requirement already satisfied"*) count=$$((count + 1));; \
			"Collecting "* | "Processing "*) count=$$((count + 1)); line=$${line#* }; line=$${line%% *}; \
				line=$${line##*/}; line=$${line%%-py[23]*}; echo "  $$count/$$all  $${line%%-cp[0-9]*}";; \
			"Installing collected"*) echo "  unpacking …";; \
			"pip ended: 0") exit 0;; \
			"pip ended: "*) tail -n 25 $$log >&2; exit 1;; \
		esac; \
	done
	@touch $@
endef

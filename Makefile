# Needed: python3 >= 3.11 with venv, make and git. Everything else comes as a hash-pinned wheel.
# Another interpreter: make run PYTHON=python3.12 (after `make clean`, where there is a .venv already).

PYTHON ?= python3
BIN := .venv/bin
BROWSER_IS_THERE = $(BIN)/python -m tests.browser
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run model docusign salesforce stripe s3 seal test prove sample check audit format lock docs screenshots browser poppler softhsm bench clean prerequisites runtime tools

help: ## Say what can be done here
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/make \1\t\2/p' Makefile

run: runtime ## Start Frontdesk; without Slack tokens, in its own sandbox
	@exec $(BIN)/python app.py

model: prerequisites ## Install what a language model needs (FRONTDESK_MODEL); nothing else uses it
	$(call install,requirements.lock requirements-model.lock)

docusign: prerequisites ## Install what signing through DocuSign needs (FRONTDESK_DOCUSIGN)
	$(call install,requirements.lock requirements-docusign.lock)

salesforce: prerequisites ## Install what deals in Salesforce need (FRONTDESK_SALESFORCE_URL); nothing else uses it
	$(call install,requirements.lock requirements-salesforce.lock)

stripe: prerequisites ## Install what invoices through Stripe need (FRONTDESK_STRIPE_KEY); nothing else uses it
	$(call install,requirements.lock requirements-stripe.lock)

s3: prerequisites ## Install what an S3 needs that keeps the files of assets (FRONTDESK_LIBRARY)
	$(call install,requirements.lock requirements-s3.lock)

seal: prerequisites ## Install what the organisation's seal on documents needs (FRONTDESK_SEAL)
	$(call install,requirements.lock requirements-seal.lock)

test: tools ## Run the tests; a part of them: make test ARGS="tests/workflows -k money"
	@exec $(BIN)/python -m pytest --numprocesses auto --dist worksteal $(ARGS)

prove: tools ## Run what `make test` leaves out: kills, commands, partners, and every journey over HTTP
	@exec $(BIN)/python -m pytest --numprocesses auto --dist worksteal -m prove $(ARGS)

sample: tools ## Kill the bot at 75 of the places where `make prove` kills it at every one
	@exec $(BIN)/python -m pytest --numprocesses auto --dist worksteal -m sample $(ARGS)

check: tools ## Check format, lint, types and import contracts; no tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

audit: tools ## Look for known vulnerabilities in what is locked; needs a package index that knows them
	@exec $(BIN)/python -m tests.tooling.audit

format: tools ## Put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: tools ## Renew the locks from pyproject.toml
	$(call compile,requirements.lock)
	$(call compile,requirements-model.lock,--extra model --constraints requirements.lock)
	$(call compile,requirements-docusign.lock,--extra docusign --constraints requirements-model.lock)
	$(call compile,requirements-salesforce.lock,--extra salesforce --constraints requirements-docusign.lock)
	$(call compile,requirements-stripe.lock,--extra stripe --constraints requirements-salesforce.lock)
	$(call compile,requirements-s3.lock,--extra s3 --constraints requirements-stripe.lock)
	$(call compile,requirements-seal.lock,--extra seal --constraints requirements-s3.lock)
	$(call compile,requirements-dev.lock,--all-extras --group dev --constraints requirements-model.lock \
		--constraints requirements-docusign.lock --constraints requirements-salesforce.lock --constraints requirements-stripe.lock \
		--constraints requirements-s3.lock --constraints requirements-seal.lock)

docs: tools ## Renew what the documentation takes from the code
	$(BIN)/python -m docs
	$(BIN)/python -m settings

screenshots: tools ## Take the README's pictures anew
	$(BIN)/python -m docs.screenshots

browser: tools ## Install the Chromium that the browser tests drive, where there is none
	@if $(BROWSER_IS_THERE); then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update --quiet && apt-get install --quiet --yes --no-install-recommends chromium; \
	else $(BIN)/python -m playwright install chromium; fi && $(BROWSER_IS_THERE)

poppler: ## Install the pdfsig that looks at seals in the tests, where there is none
	@command -v pdfsig >/dev/null || { apt-get update --quiet && \
		apt-get install --quiet --yes --no-install-recommends poppler-utils; }

softhsm: ## Install the SoftHSM that keeps a seal's key in the tests, where there is none
	@command -v softhsm2-util >/dev/null || { apt-get update --quiet && \
		apt-get install --quiet --yes --no-install-recommends softhsm2; }

bench: tools ## Measure
	@exec $(BIN)/python -m bench $(ARGS)

clean: ## Remove what these targets made; data/ stays
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

define PYTHON_CHECK
import sys
version = "%d.%d" % sys.version_info[:2]
if sys.version_info < (3, 11):
    sys.exit("Frontdesk needs Python 3.11 or newer; $(PYTHON) is " + version + ". Install one\n"
             "(Debian, Ubuntu: sudo apt-get install python3 python3-venv; macOS: brew install python)\n"
             "and name it where it is not python3: make PYTHON=python3.12 ...")
try:
    import ensurepip, venv
except ImportError:
    sys.exit("$(PYTHON) cannot make virtual environments: its venv or ensurepip module is missing.\n"
             "Debian, Ubuntu: sudo apt-get install python" + version + "-venv")
endef
export PYTHON_CHECK

prerequisites:
	@command -v git >/dev/null || { echo "Frontdesk needs git." \
		"Debian, Ubuntu: sudo apt-get install git; macOS: xcode-select --install" >&2; exit 1; }
	@command -v "$(PYTHON)" >/dev/null || { echo "Frontdesk needs Python 3.11 or newer, and there is no $(PYTHON)." \
		"Debian, Ubuntu: sudo apt-get install python3 python3-venv; macOS: brew install python" >&2; exit 1; }
	@"$(PYTHON)" -c "$$PYTHON_CHECK"

runtime: prerequisites
	$(call install,requirements.lock)

tools: prerequisites
	$(call install,requirements.lock requirements-dev.lock)

# $(call install,LOCKS): makes .venv and installs the last of LOCKS, which holds all of the others.
# .venv/installed names the content of the locks that are wholly installed; it is gone while installing.
define install
	@if [ ! -x $(BIN)/python ] || [ -e .venv/unfinished ]; then \
		echo "Making .venv"; \
		rm -rf .venv && mkdir .venv && touch .venv/unfinished && \
		"$(PYTHON)" -m venv .venv && rm .venv/unfinished; \
	fi
	@wanted=$$(git hash-object --no-filters $(1)) && case "$$(cat .venv/installed 2>/dev/null)" in \
	"$$wanted"*) ;; \
	*) echo "Installing $(lastword $(1))" && rm -f .venv/installed && \
		$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: --requirement $(lastword $(1)) && \
		echo "$$wanted" >.venv/installed ;; \
	esac
endef

# $(call compile,LOCK,OPTIONS): every platform's wheels and hashes, and no address of any index.
define compile
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade --quiet \
		--generate-hashes --only-binary :all: --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --output-file $(1) $(2)
endef

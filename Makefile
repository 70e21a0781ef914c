# Everything a person runs. The first command makes the environment in .venv.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
# Django asks the database what it can do when it checks generated columns.
WITH_DATABASE := DATABASE_POOL=0 $(BIN)/python -m config.devservices.postgres
STAMP := .venv/.complete
RANDOM_KEY = $(shell $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')

.PHONY: help
help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-10s %s\n", $$1, $$2}'

.PHONY: demo
demo: $(STAMP) ## start everything on this machine and print addresses and sign-ins
	@exec $(BIN)/python -m config.devservices.demo $(ARGS)

.PHONY: test
test: $(STAMP) ## run the whole suite, fast tests first (one part: make test ARGS="tests/fitness")
	@$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

.PHONY: check
check: shape lint types layers templates deployment migrations schema ## all checks: shape lint types layers templates deployment migrations schema

.PHONY: shape
shape: $(STAMP)
	$(BIN)/ruff format --check .

.PHONY: lint
lint: $(STAMP) ## mistakes and house rules
	$(BIN)/ruff check .

.PHONY: types
types: $(STAMP) ## mypy, strict
	$(BIN)/mypy .

.PHONY: layers
layers: $(STAMP) ## who may import whom
	$(BIN)/lint-imports

.PHONY: templates
templates: $(STAMP) ## Django templates in one shape
	$(BIN)/djade --check $$(find templates cms -name '*.html')

.PHONY: deployment
deployment: $(STAMP) ## the production settings, by Django's own checks
	DJANGO_SETTINGS_MODULE=config.settings.production SECRET_KEY=$(RANDOM_KEY) \
		ALLOWED_HOSTS=fitcore.example EMAIL_URL=smtp+tls://fitcore:key@localhost \
		$(WITH_DATABASE) $(BIN)/python manage.py check --deploy --fail-level WARNING

.PHONY: migrations
migrations: $(STAMP) ## none is missing
	$(WITH_DATABASE) $(BIN)/python manage.py makemigrations --check --dry-run

.PHONY: schema
schema: $(STAMP) ## the API describes itself without a warning
	$(WITH_DATABASE) $(BIN)/python manage.py spectacular --validate --fail-on-warn --file /dev/null

.PHONY: bench
bench: $(STAMP) ## measure the hot endpoints against a floor of the same run
	@$(BIN)/python -m bench $(ARGS)

.PHONY: format
format: $(STAMP) ## put code and templates into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djade $$(find templates cms -name '*.html')

.PHONY: browser
browser: ## install chromium for the browser tests
	@bin/install-chromium

.PHONY: clean
clean: ## remove the environment, the demo's data and all caches
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements-uv.txt requirements.txt requirements-dev.txt
	@bin/make-environment "$(PYTHON)"
	@touch $@

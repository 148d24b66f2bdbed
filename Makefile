# `make help` lists what there is. Every target finds a JDK by itself.

JAVA_VERSION := 25
JAR := target/export-service.jar
SOURCES := pom.xml openapi.yaml openapi-internal.yaml \
    $(shell find src routes tools -type f -not -path "*/target/*" 2>/dev/null)

CLASSES := target/classes.stamp
SPRING_AOT := target/spring-aot/stamp

# Settings of `make run` and `make demo`, for example: make run PUBLIC_PORT=8001
# Only those that are given: an empty one would hide the default of a route file.
$(foreach name,PUBLIC_PORT PRIVATE_PORT METRICS_PORT PGSQL_PORT KAFKA_PORT MINIO_PORT ORDERS_PORT SOURCE,$(if $($(name)),$(eval export $(name))))

# Maven's own libraries use what JDK 25 warns about.
export MAVEN_OPTS := --sun-misc-unsafe-memory-access=allow $(MAVEN_OPTS)

# Asked for only by the targets that need it, so that `make help` works anywhere.
jdk = JAVA_HOME=$$(tools/bin/find-jdk $(JAVA_VERSION)) || exit 1; export JAVA_HOME

.DEFAULT_GOAL := help
.PHONY: help run demo source-check source-integration package test test-routes routes-check routes-diagram client-check
.PHONY: fuzz-api fuzz chaos docs-settings sbom bench bench-compare bench-tools profile aot format clean clean-data

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

run: $(JAR) ## Start PostgreSQL, Kafka, S3, the service and the example sources (and SOURCE=folder); Ctrl-C ends all
	@$(jdk); exec tools/run/run

demo: ## With `make run` up: one export from request to zip, every request and answer printed
	@$(jdk); exec tools/run/demo

source-check: $(JAR) ## SOURCE=folder: play the service against a source application, and say what it gets wrong
	@$(jdk); exec tools/sources/source-check "$(SOURCE)"

source-integration: $(JAR) ## SOURCE=folder: write the Camel K Integration of a source application into it
	@$(jdk); exec tools/sources/source-integration "$(SOURCE)"

package: $(JAR) ## Build target/export-service.jar, without running the tests

$(JAR): $(SOURCES)
	@$(jdk); ./mvnw -B -q -DskipTests package
	@touch $@

# Without the routes: they are what is edited between two checks.
$(CLASSES): pom.xml $(shell find src tools/routes tools/sources tools/documents -type f -not -path "*/target/*" 2>/dev/null)
	@$(jdk); ./mvnw -B -q -DskipTests -pl tools/sources,tools/documents -am test-compile
	@touch $@

routes-check: $(CLASSES) ## Check the route files without starting anything; ROUTES=dir: a source application's
	@$(jdk); tools/routes/routes-check $(ROUTES)

routes-diagram: $(CLASSES) ## Draw every route into docs/routes.md
	@$(jdk); tools/routes/routes-diagram

test: ## Run all tests, on real servers that the build starts
	@tools/bin/install-test-tools
	@$(jdk); ./mvnw -B verify

test-routes: ## Run the tests of the route files alone, without servers
	@$(jdk); ./mvnw -B -q -pl src -am -Dtest='*RouteTests' -Dsurefire.failIfNoSpecifiedTests=false test

client-check: $(JAR) ## Make Python and Java clients from the OpenAPI documents, and use them on a running service
	@$(jdk); tools/clients/client-check

fuzz-api: $(JAR) ## Let schemathesis look for answers that the OpenAPI documents do not allow; FUZZ=short: a few
	@$(jdk); tools/fuzz/fuzz-api $(if $(filter short,$(FUZZ)),10,100)

fuzz: $(JAR) ## Look for inputs of strangers that break what parses them; FUZZ_SECONDS=30: a short look
	@$(jdk); ./mvnw -B -q -f src dependency:copy@jazzer && tools/fuzz/fuzz $(or $(FUZZ_SECONDS),240)

chaos: $(JAR) ## Break everything that can break, and count what is lost; CHAOS=short: one minute; CHAOS_SEED=7: that run again
	@$(jdk); exec tools/chaos/chaos $(CHAOS)

docs-settings: $(JAR) ## Write the tables of docs/configuration.md
	@$(jdk); "$$JAVA_HOME/bin/java" -cp "tools/documents/target/classes:$$(cat tools/documents/target/classpath.txt)" \
	    com.redhat.cloud.exports.documents.SettingsTables docs/configuration.md

sbom: $(JAR) ## Write target/sbom.json (CycloneDX), compare it with the jar, and print the licences
	@$(jdk); ./mvnw -B -q -Psbom -pl src -am -DskipTests package && "$$JAVA_HOME/bin/java" \
	    -cp "tools/documents/target/classes:$$(cat tools/documents/target/classpath.txt)" com.redhat.cloud.exports.documents.Sbom target/sbom.json $(JAR)

bench: $(JAR) $(SPRING_AOT) bench-tools ## Measure every line of docs/performance.md; ONLY=create: those that begin with it; FORMER=folder: the former service
	@$(jdk); exec tools/bench/bench Bench $(ONLY)

bench-compare: $(JAR) ## Compare two results of `make bench`: A=target/bench/x.json B=target/bench/y.json
	@$(jdk); exec tools/bench/bench Compare $(A) $(B)

profile: $(JAR) bench-tools ## Where the CPU goes while one line of the benchmark runs: ONLY=create-32
	@$(jdk); exec tools/bench/bench Profile $(ONLY)

# What Spring would find out about its beans at each start. The plugin puts a copy where the next jar would take it from.
$(SPRING_AOT): $(JAR)
	@$(jdk); ./mvnw -B -q -Paot -pl src -am process-classes
	@find target/spring-aot/main/classes -type f -printf 'target/classes/%P\0' | xargs -0 rm -f
	@rm -rf target/classes/META-INF/native-image
	@touch $@

aot: $(JAR) $(SPRING_AOT) ## Take the jar apart into target/aot, with what makes it start faster: bean code, a cache of classes
	@$(jdk); exec tools/bench/bench AotImage

bench-tools: ## Install what `make bench` needs besides the build
	@tools/bench/install

format: ## Format the Java sources
	@$(jdk); ./mvnw -B -q spotless:apply

clean: ## Remove what was built
	rm -rf target

clean-data: ## Remove the data of `make run`
	rm -rf .data

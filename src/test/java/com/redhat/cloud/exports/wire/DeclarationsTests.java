package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.redhat.cloud.exports.platform.routes.ErrorPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Routes, OpenAPI documents and statements refer to each other by names that exist. */
class DeclarationsTests {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** A timer's route calls it, and would only log the error, as Camel does for each export. */
    private static final Set<String> CALLED_BY_A_TIMER = Set.of("finish-answered-exports");

    private static final Path SQL = Path.of("src/main/resources/sql");

    static List<Path> routeFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyOperationOfTheContractHasARouteAndTheOtherRoutesAreUsed() throws IOException {
        Set<String> operations = new TreeSet<>();
        for (String document : List.of("openapi.yaml", "openapi-internal.yaml")) {
            operations.addAll(YAML.readTree(Path.of(document).toFile()).findValuesAsText("operationId"));
        }
        Set<String> consumed = new TreeSet<>();
        Set<String> called = new TreeSet<>(operations);
        for (Path file : routeFiles()) {
            for (JsonNode element : YAML.readTree(file.toFile())) {
                JsonNode from = element.path("route").path("from");
                if (from.path("uri").asText().equals("direct")) {
                    consumed.add(from.path("parameters").path("name").asText());
                }
                element.findValues("to").stream()
                        .filter(to -> to.path("uri").asText().equals("direct"))
                        .forEach(to ->
                                called.add(to.path("parameters").path("name").asText()));
            }
        }
        assertThat(consumed).isEqualTo(called);
        assertThat(consumed).containsAll(operations);
    }

    /** Otherwise Camel logs a client's mistake as an error of the service, and hides it from the relay. */
    @Test
    void everyRouteWithACallerLeavesErrorsToIt() throws IOException {
        Set<String> others = new TreeSet<>();
        for (Path file : routeFiles()) {
            for (JsonNode element : YAML.readTree(file.toFile())) {
                JsonNode route = element.path("route");
                boolean called = Set.of("direct", "platform-http")
                        .contains(route.at("/from/uri").asText());
                if (called && !route.path("routeConfigurationId").asText().equals(ErrorPolicy.ERRORS_TO_CALLER)) {
                    others.add(route.path("id").asText());
                }
            }
        }
        assertThat(others).isEqualTo(CALLED_BY_A_TIMER);
    }

    @Test
    void everyStatementIsUsedAndEveryUsedStatementIsThere() throws IOException {
        Set<String> present;
        try (Stream<Path> files = Files.walk(SQL)) {
            present = files.filter(file -> file.toString().endsWith(".sql"))
                    .map(file -> SQL.relativize(file).toString().replace(".sql", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                find(source, Pattern.compile("Sql(?:File|Statement)\\.read\\(\"([^\"]+)\"\\)"), used);
            }
        }
        for (Path route : routeFiles()) {
            find(route, Pattern.compile("classpath:sql/(\\S+)\\.sql"), used);
        }
        assertThat(used).isEqualTo(present);
    }

    private static void find(Path file, Pattern reference, Set<String> found) throws IOException {
        Matcher matcher = reference.matcher(Files.readString(file));
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
    }
}

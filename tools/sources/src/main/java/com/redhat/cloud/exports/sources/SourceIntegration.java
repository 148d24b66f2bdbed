package com.redhat.cloud.exports.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code make source-integration SOURCE=folder}: writes the route files of a source application as the flows of an Integration, which a Camel K operator builds and runs.
 */
final class SourceIntegration {

    static final Path KAMELETS = SourceApplication.KIT.resolve("kamelets");
    static final String FILE = "integration.yaml";

    /** The service's NetworkPolicy admits pods with this label. */
    private static final String LABEL = "export-service/source-application";

    private static final Pattern SETTING = Pattern.compile("\\{\\{env:(\\w+)");

    /** Settings whose defaults are also right in a cluster. */
    private static final Set<String> WITH_DEFAULT = Set.of("KAFKA_ANNOUNCE_TOPIC", "EXPORT_SPOOL_DIRECTORY");

    private static final YAMLMapper YAML = new YAMLMapper(YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build()
            .getFactory());

    private SourceIntegration() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1 || arguments[0].isBlank()) {
            System.err.println("usage: make source-integration SOURCE=folder");
            System.exit(2);
        }
        var folder = Path.of(arguments[0]);
        Files.writeString(folder.resolve(FILE), manifest(folder));
        System.out.println("Wrote " + folder.resolve(FILE));
    }

    static String manifest(Path folder) throws IOException {
        var source = SourceDescription.read(folder);
        var name = folder.toAbsolutePath().normalize().getFileName() + "-source";
        var settings = settings(folder, name);
        return """
                # Written by make source-integration SOURCE=%s: change the route files, not this one.
                # Its settings are the keys of the Secret %s: %s.
                """.formatted(folder, name, String.join(", ", settings.keySet()))
                + YAML.writeValueAsString(integration(source, name, settings.values()));
    }

    private static ObjectNode integration(SourceDescription source, String name, Iterable<String> settings)
            throws IOException {
        var integration = JsonNodeFactory.instance.objectNode();
        integration.put("apiVersion", "camel.apache.org/v1").put("kind", "Integration");
        integration.putObject("metadata").put("name", name).putObject("labels").put(LABEL, "true");
        var spec = integration.putObject("spec");
        if (!source.dependencies().isEmpty()) {
            var dependencies = spec.putArray("dependencies");
            source.dependencies().forEach(dependencies::add);
        }
        var traits = spec.putObject("traits");
        // The operator does not see that the Kamelets use each other.
        traits.putObject("kamelets").put("auto", false).put("list", String.join(",", kamelets()));
        // By default the operator runs pods as root, which Pod Security "restricted" forbids.
        traits.putObject("container").put("runAsNonRoot", true).put("expose", false);
        traits.putObject("security-context").put("runAsNonRoot", true).put("seccompProfileType", "RuntimeDefault");
        // A source accepts no connections.
        traits.putObject("ingress").put("enabled", false);
        traits.putObject("route").put("enabled", false);
        var environment = traits.putObject("environment").putArray("vars");
        settings.forEach(environment::add);
        traits.putObject("owner").putArray("targetLabels").add(LABEL);
        traits.putObject("mount").putArray("emptyDirs").add("answers:/tmp/export-answers:1Gi");
        var flows = spec.putArray("flows");
        for (var file : routeFiles(source.folder())) {
            for (JsonNode element : YAML.readTree(file.toFile())) {
                flows.add(element);
            }
        }
        return integration;
    }

    /** Environment variables in the notation of the environment trait. */
    private static SortedMap<String, String> settings(Path folder, String secret) throws IOException {
        var settings = new TreeMap<String, String>();
        try (Stream<Path> kit = Files.list(KAMELETS)) {
            for (var file : Stream.concat(kit, routeFiles(folder).stream()).toList()) {
                SETTING.matcher(Files.readString(file))
                        .results()
                        .map(match -> match.group(1))
                        .filter(setting -> !WITH_DEFAULT.contains(setting))
                        .forEach(setting ->
                                settings.put(setting, "%s=secret:%s/%s".formatted(setting, secret, setting)));
            }
        }
        return settings;
    }

    static Set<String> kamelets() throws IOException {
        try (Stream<Path> files = Files.list(KAMELETS)) {
            var names = new TreeSet<String>();
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".kamelet.yaml"))
                    .forEach(file -> names.add(file.replace(".kamelet.yaml", "")));
            return names;
        }
    }

    static List<Path> routeFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList();
        }
    }
}

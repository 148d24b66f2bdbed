package com.redhat.cloud.exports.wire;

import static com.redhat.cloud.exports.wire.KubernetesManifests.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What each release of Camel K accepts in an Integration; {@code camel-k/integration.yaml} names the source of it. */
final class CamelK {

    private static final Pattern FIELD =
            Pattern.compile("(?<type>\\S+)(?: since (?<since>\\S+))?(?<deprecated> deprecated)?");
    private static final JsonNode FACTS = read();

    static final List<String> RELEASES = texts(FACTS.path("releases"));

    private CamelK() {}

    /** What a release rejects in an Integration, and what it has deprecated: {@code traits.jvm.enabled is deprecated}. */
    static List<String> findings(JsonNode integration, String release) {
        return findings("spec", integration.path("spec"), FACTS.path("spec"), RELEASES.indexOf(release))
                .toList();
    }

    /** The value of a trait's property, or else the operator's default. */
    static JsonNode trait(JsonNode integration, String trait, String property) {
        JsonNode set = integration.at("/spec/traits").path(trait).path(property);
        return set.isMissingNode() ? FACTS.path("defaults").path(trait).path(property) : set;
    }

    private static Stream<String> findings(String path, JsonNode value, JsonNode known, int release) {
        if (known.isMissingNode()) {
            return Stream.of(path + " is unknown");
        }
        if (known.isTextual()) {
            return findingsOfLeaf(path, value, known.asText(), release);
        }
        if (known.isArray()) {
            return value.isArray()
                    ? IntStream.range(0, value.size())
                            .boxed()
                            .flatMap(i -> findings("%s[%d]".formatted(path, i), value.get(i), known.get(0), release))
                    : Stream.of(path + " is no array");
        }
        return value.isObject()
                ? value.properties().stream()
                        .flatMap(field -> findings(
                                path + "." + field.getKey(), field.getValue(), known.path(field.getKey()), release))
                : Stream.of(path + " is no object");
    }

    private static Stream<String> findingsOfLeaf(String path, JsonNode value, String known, int release) {
        Matcher field = FIELD.matcher(known);
        if (!field.matches()) {
            throw new IllegalStateException("camel-k/integration.yaml: " + known);
        }
        if (field.group("since") != null && release < RELEASES.indexOf(field.group("since"))) {
            return Stream.of("%s is unknown before %s".formatted(path, field.group("since")));
        }
        if (!isA(field.group("type"), value)) {
            return Stream.of("%s is no %s".formatted(path, field.group("type")));
        }
        return field.group("deprecated") == null ? Stream.empty() : Stream.of(path + " is deprecated");
    }

    private static boolean isA(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "int-or-string" -> value.isIntegralNumber() || value.isTextual();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> throw new IllegalStateException("camel-k/integration.yaml: " + type);
        };
    }

    private static JsonNode read() {
        try (var facts = CamelK.class.getResourceAsStream("/camel-k/integration.yaml")) {
            return new YAMLMapper().readTree(facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

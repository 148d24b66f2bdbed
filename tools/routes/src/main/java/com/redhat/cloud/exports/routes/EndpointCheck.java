package com.redhat.cloud.exports.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.util.TimeUtils;
import org.snakeyaml.engine.v2.nodes.Node;

/** Checks an endpoint's component, options and values against Camel's description of the component. */
final class EndpointCheck {

    private static final JsonMapper JSON = new JsonMapper();

    private final Surroundings surroundings;
    private final Findings findings;
    private final Map<String, Optional<JsonNode>> descriptions = new HashMap<>();

    EndpointCheck(Surroundings surroundings, Findings findings) {
        this.surroundings = surroundings;
        this.findings = findings;
    }

    /**
     * Checks one endpoint.
     *
     * @param step the object with {@code uri} and perhaps {@code parameters}
     * @param consumer whether it receives messages
     */
    void check(String file, Node step, boolean consumer) {
        Node place = Yaml.at(step, "uri");
        String uri = Yaml.text(place);
        if (place == null || uri.isEmpty() || uri.startsWith("{{") || uri.startsWith("${")) {
            return;
        }
        String component = uri.split("[:?]", 2)[0];
        Optional<JsonNode> description = describe(component);
        if (description.isEmpty()) {
            findings.error(
                    file,
                    place,
                    "unknown component %s%s",
                    component,
                    Suggestion.of(component, surroundings.components()));
            return;
        }
        Map<String, JsonNode> options = options(description.get());
        Map<String, Node> given = new LinkedHashMap<>(Yaml.entries(Yaml.at(step, "parameters")));
        Set<String> named = new TreeSet<>(given.keySet());
        given.forEach((name, value) -> {
            Node key = Yaml.key(Objects.requireNonNull(Yaml.at(step, "parameters")), name);
            Optional<JsonNode> option = optionOf(options, name);
            if (option.isPresent()) {
                value(file, component, name, option.get(), value);
                direction(file, component, name, option.get(), key, step, consumer);
            } else if (!isLenient(description.get()) && !name.contains("{{")) {
                findings.error(
                        file, key, "%s has no option %s%s", component, name, Suggestion.of(name, options.keySet()));
            }
        });
        if (uri.contains("?")) {
            for (String pair : uri.substring(uri.indexOf('?') + 1).split("&")) {
                String name = pair.split("=", 2)[0];
                named.add(name);
                if (optionOf(options, name).isEmpty() && !isLenient(description.get())) {
                    findings.error(
                            file,
                            place,
                            "%s has no option %s%s",
                            component,
                            name,
                            Suggestion.of(name, options.keySet()));
                }
            }
        }
        if (!uri.contains(":")) {
            options.forEach((name, option) -> {
                if (option.path("required").asBoolean()
                        && !named.contains(name)
                        && option.path("defaultValue").isMissingNode()) {
                    findings.error(file, place, "%s needs the option %s", component, name);
                }
            });
        }
    }

    private void value(String file, String component, String name, JsonNode option, Node value) {
        if (Yaml.isScalar(value)) {
            complaint(option, Yaml.text(value))
                    .ifPresent(complaint -> findings.error(file, value, "%s of %s %s", name, component, complaint));
        }
    }

    /** An option for the other direction has no effect, or an unusual one that the step's description explains. */
    private void direction(
            String file, String component, String name, JsonNode option, Node key, Node step, boolean consumer) {
        String label = option.path("label").asText();
        String other = consumer ? "producer" : "consumer";
        if (label.contains(other)
                && !label.contains(consumer ? "consumer" : "producer")
                && Yaml.at(step, "description") == null) {
            findings.warning(
                    file,
                    key,
                    "the option %s of %s is for %s only",
                    name,
                    component,
                    consumer ? "sending (to)" : "receiving (from)");
        }
    }

    private static Optional<String> complaint(JsonNode option, String text) {
        if (text.contains("{{")
                || text.startsWith("#")
                || text.contains("${")
                || option.path("multiValue").asBoolean()) {
            return Optional.empty();
        }
        if (option.has("enum")) {
            List<String> allowed = new ArrayList<>();
            option.path("enum").forEach(value -> allowed.add(value.asText()));
            boolean found = allowed.stream().anyMatch(value -> plain(value).equals(plain(text)));
            return found
                    ? Optional.empty()
                    : Optional.of("cannot be '%s'%s".formatted(text, Suggestion.of(text, allowed)));
        }
        return switch (option.path("type").asText()) {
            case "boolean" ->
                text.equals("true") || text.equals("false")
                        ? Optional.empty()
                        : Optional.of("cannot be '%s'; it is true or false".formatted(text));
            case "integer" ->
                text.matches("-?\\d+")
                        ? Optional.empty()
                        : Optional.of("cannot be '%s'; it is a whole number".formatted(text));
            case "number" ->
                text.matches("-?\\d+(\\.\\d+)?")
                        ? Optional.empty()
                        : Optional.of("cannot be '%s'; it is a number".formatted(text));
            case "duration" ->
                isDuration(text)
                        ? Optional.empty()
                        : Optional.of("cannot be '%s'; it is a time like 500, 30s or 5m".formatted(text));
            default -> Optional.empty();
        };
    }

    private static boolean isDuration(String text) {
        try {
            return text.matches("-?\\d+")
                    || (text.matches("(\\d+\\s*[a-zA-Z]+\\s*)+|[pP].+") && TimeUtils.toMilliSeconds(text) >= 0);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Normalizes as Camel does: WARN equals warn, in_only equals InOnly. */
    private static String plain(String value) {
        return value.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isLenient(JsonNode description) {
        return description.at("/component/lenientProperties").asBoolean();
    }

    /** Finds an option by name, or by the prefix of a group ({@code additionalProperties.x}). */
    private static Optional<JsonNode> optionOf(Map<String, JsonNode> options, String name) {
        JsonNode exact = options.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        return options.values().stream()
                .filter(option -> !option.path("prefix").asText().isEmpty()
                        && name.startsWith(option.path("prefix").asText()))
                .findFirst();
    }

    private static Map<String, JsonNode> options(JsonNode description) {
        Map<String, JsonNode> options = new LinkedHashMap<>();
        description.path("properties").properties().forEach(option -> options.put(option.getKey(), option.getValue()));
        return options;
    }

    private Optional<JsonNode> describe(String component) {
        return descriptions.computeIfAbsent(
                component,
                name -> surroundings.describe(name).map(json -> {
                    try {
                        return JSON.readTree(json);
                    } catch (JsonProcessingException e) {
                        throw new IllegalStateException("Camel's description of " + name + " is not JSON", e);
                    }
                }));
    }
}

package com.redhat.cloud.exports.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Checks a route file against the JSON schema in camel-yaml-dsl, in an author's terms. A general validator reports a
 * misspelled option as 30 violations of alternatives (decision 4).
 *
 * <p>Where the schema allows a short form (a text) and an explicit one (an object), the explicit one is canonical: visual
 * editors write it.
 */
final class SchemaCheck {

    /** Steps whose expression is optional. */
    private static final Set<String> WITHOUT_EXPRESSION =
            Set.of("sort", "errorHandler", "marshal", "unmarshal", "onException");

    private final JsonNode schema;
    private final JsonNode definitions;
    private final Findings findings;

    SchemaCheck(Findings findings) {
        this.findings = findings;
        this.schema = Holder.SCHEMA;
        this.definitions = schema.at("/items/definitions");
    }

    /** Reads the schema on first use. */
    private static final class Holder {
        static final JsonNode SCHEMA = read();

        private static JsonNode read() {
            try (InputStream file = SchemaCheck.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
                return new JsonMapper().readTree(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Checks a whole file. */
    void check(String file, Node root) {
        if (!(root instanceof SequenceNode)) {
            findings.error(file, root, "a route file is a list; begin each route with '- route:'");
            return;
        }
        Yaml.elements(root).forEach(element -> object(file, "the file", element, schema.path("items")));
    }

    private void value(String file, String name, Node node, JsonNode given) {
        JsonNode type = resolve(given);
        if (type.has("oneOf") && !type.has("properties")) {
            JsonNode explicit = alternative(type, "object");
            JsonNode text = alternative(type, "string");
            if (Yaml.isScalar(node) && text != null && !Yaml.isNothing(node)) {
                findings.warning(file, node, "short form of %s; write %s", name, explicitForm(name, node, type));
                return;
            }
            if (explicit != null) {
                object(file, name, node, withRequired(explicit, type));
            }
            return;
        }
        switch (type.path("type").asText()) {
            case "object" -> object(file, name, node, type);
            case "array" -> array(file, name, node, type);
            default -> scalar(file, name, node, type);
        }
    }

    /** {@code required} stands beside the alternatives and applies to the explicit one. */
    private static JsonNode withRequired(JsonNode explicit, JsonNode type) {
        return type.has("required") && explicit.isObject()
                ? ((ObjectNode) explicit.deepCopy()).set("required", type.get("required"))
                : explicit;
    }

    private void array(String file, String name, Node node, JsonNode type) {
        if (!(node instanceof SequenceNode)) {
            findings.error(file, node, "%s is a list; begin each entry with '- '", name);
            return;
        }
        for (Node element : Yaml.elements(node)) {
            value(file, "an entry of " + name, element, type.path("items"));
        }
    }

    private void object(String file, String name, Node node, JsonNode type) {
        if (!(node instanceof MappingNode mapping)) {
            boolean empty = Yaml.isNothing(node);
            findings.error(
                    file,
                    node,
                    empty ? "%s is empty; indent its values below it" : "%s needs named values below it",
                    name);
            return;
        }
        Map<String, JsonNode> known = new LinkedHashMap<>();
        Set<String> choices = new TreeSet<>();
        collect(type, known, choices, 0);
        if (known.isEmpty()) {
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        List<String> chosen = new ArrayList<>();
        mapping.getValue().forEach(entry -> {
            String key = Yaml.text(entry.getKeyNode());
            JsonNode child = known.get(key);
            if (!seen.add(key)) {
                findings.error(file, entry.getKeyNode(), "%s has %s twice; the second would win", name, key);
            } else if (child == null) {
                findings.error(
                        file, entry.getKeyNode(), "%s has no %s%s", name, key, Suggestion.of(key, known.keySet()));
            } else {
                value(file, key, entry.getValueNode(), child);
            }
            if (choices.contains(key)) {
                chosen.add(key);
            }
        });
        if (type.path("maxProperties").asInt() == 1 && seen.size() > 1) {
            findings.error(
                    file,
                    Yaml.key(node, List.copyOf(seen).get(1)),
                    "%s are two in one; begin each with '- ', and indent what belongs to it",
                    String.join(" and ", seen));
        }
        type.path("required").forEach(required -> {
            if (!seen.contains(required.asText())) {
                findings.error(file, node, "%s needs %s", name, required.asText());
            }
        });
        if (chosen.size() > 1) {
            findings.error(file, node, "%s takes one of %s, not all of them", name, String.join(", ", chosen));
        }
        if (chosen.isEmpty() && choices.contains("simple") && !WITHOUT_EXPRESSION.contains(name)) {
            findings.error(file, node, "%s needs an expression; for example simple, constant or variable", name);
        }
    }

    /** Collects the properties of a type; {@code choices} are those of which an object has exactly one. */
    private void collect(JsonNode type, Map<String, JsonNode> known, Set<String> choices, int depth) {
        JsonNode resolved = resolve(type);
        resolved.path("properties").properties().forEach(property -> {
            if (!property.getValue().isEmpty() || !known.containsKey(property.getKey())) {
                known.put(property.getKey(), property.getValue());
            }
        });
        if (depth > 0
                && resolved.path("required").size() == 1
                && resolved.path("properties").size() == 1) {
            choices.add(resolved.path("required").path(0).asText());
        }
        for (String alternatives : List.of("anyOf", "oneOf")) {
            resolved.path(alternatives).forEach(alternative -> collect(alternative, known, choices, depth + 1));
        }
    }

    private void scalar(String file, String name, Node node, JsonNode type) {
        String expected = type.path("type").asText();
        if (!Yaml.isScalar(node)) {
            if (!expected.isEmpty()) {
                findings.error(
                        file,
                        node,
                        "%s is a %s, not a list or an object",
                        name,
                        expected.equals("string") ? "text" : expected);
            }
            return;
        }
        String text = Yaml.text(node);
        if (text.contains("{{") || text.contains("${")) {
            return;
        }
        if (type.has("enum")) {
            List<String> allowed = new ArrayList<>();
            type.path("enum").forEach(value -> allowed.add(value.asText()));
            if (!allowed.contains(text)) {
                findings.error(file, node, "%s cannot be '%s'%s", name, text, Suggestion.of(text, allowed));
            }
            return;
        }
        switch (expected) {
            case "boolean" -> {
                if (!text.equals("true") && !text.equals("false")) {
                    findings.error(file, node, "%s cannot be '%s'; it is true or false", name, text);
                }
            }
            case "number", "integer" -> {
                if (!text.matches("-?\\d+(\\.\\d+)?")) {
                    findings.error(file, node, "%s cannot be '%s'; it is a number", name, text);
                }
            }
            case "string" -> {
                if (!Yaml.isText(node)) {
                    findings.warning(file, node, "%s is a text; write \"%s\", in quotes", name, text);
                }
            }
            default -> {}
        }
    }

    private String explicitForm(String name, Node node, JsonNode type) {
        String key = type.path("required").path(0).asText("uri");
        String text = Yaml.text(node);
        return text.isEmpty() || text.length() > 60 || text.contains("\n")
                ? "%s: {%s: …}".formatted(name, key)
                : "%s: {%s: \"%s\"}".formatted(name, key, text);
    }

    private @Nullable JsonNode alternative(JsonNode type, String kind) {
        for (JsonNode alternative : type.path("oneOf")) {
            JsonNode resolved = resolve(alternative);
            if (resolved.path("type").asText().equals(kind)) {
                return resolved;
            }
        }
        return null;
    }

    private JsonNode resolve(JsonNode type) {
        String reference = type.path("$ref").asText();
        return reference.isEmpty() ? type : definitions.path(reference.substring(reference.lastIndexOf('/') + 1));
    }
}

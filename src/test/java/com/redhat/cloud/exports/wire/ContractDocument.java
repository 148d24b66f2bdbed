package com.redhat.cloud.exports.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * One of the two OpenAPI documents as a tree, for comparisons.
 *
 * @param root the whole document, references unresolved
 */
public record ContractDocument(JsonNode root) {

    public static final String PUBLIC = "openapi.yaml";
    public static final String INTERNAL = "openapi-internal.yaml";

    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * An operation and where it is found.
     *
     * @param methodAndPath such as {@code get /exports/{id}}
     */
    public record Operation(String methodAndPath, JsonNode node) {

        public JsonNode responses() {
            return node.path("responses");
        }
    }

    public static ContractDocument read(String file) {
        try {
            return new ContractDocument(YAML.readTree(Path.of(file).toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Operations by operationId. */
    public Map<String, Operation> operations() {
        Map<String, Operation> operations = new TreeMap<>();
        eachField(
                root.path("paths"),
                (path, item) -> eachField(item, (method, node) -> {
                    if (node.has("operationId")) {
                        operations.put(node.path("operationId").asText(), new Operation(method + " " + path, node));
                    }
                }));
        return operations;
    }

    /** The names of a response's headers. */
    public Set<String> headers(String operation, String status) {
        return names(
                resolve(operations().get(operation).responses().path(status)).path("headers"));
    }

    /** Follows a reference within the document; returns any other node as it is. */
    public JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    public static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    public static void eachField(JsonNode object, BiConsumer<String, JsonNode> action) {
        object.properties().forEach(field -> action.accept(field.getKey(), field.getValue()));
    }
}

package com.redhat.cloud.exports;

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
 * One of the two OpenAPI documents as a tree, for tests that compare it with something else.
 *
 * @param root the whole document, references unresolved
 */
record ContractDocument(JsonNode root) {

    static final String PUBLIC = "openapi.yaml";
    static final String INTERNAL = "openapi-internal.yaml";

    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * An operation and where it is found.
     *
     * @param methodAndPath such as {@code get /exports/{id}}
     */
    record Operation(String methodAndPath, JsonNode node) {

        JsonNode responses() {
            return node.path("responses");
        }
    }

    static ContractDocument read(String file) {
        try {
            return new ContractDocument(YAML.readTree(Path.of(file).toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Operations by operationId. */
    Map<String, Operation> operations() {
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
    Set<String> headers(String operation, String status) {
        return names(
                resolve(operations().get(operation).responses().path(status)).path("headers"));
    }

    /** What a reference within the document points to; anything else is given back. */
    JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static void eachField(JsonNode object, BiConsumer<String, JsonNode> action) {
        object.properties().forEach(field -> action.accept(field.getKey(), field.getValue()));
    }
}

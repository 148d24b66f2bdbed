package com.redhat.cloud.exports.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the files below {@code k8s/}, and the kustomization of the routes. */
final class KubernetesManifests {

    static final Path K8S = Path.of("k8s");
    static final Path ROUTES = Path.of("routes");

    private static final YAMLMapper YAML = new YAMLMapper();

    private KubernetesManifests() {}

    static List<Path> manifests() throws IOException {
        try (Stream<Path> below = Files.walk(K8S)) {
            return Stream.concat(
                            below.filter(path -> path.toString().endsWith(".yaml")),
                            Stream.of(ROUTES.resolve("kustomization.yaml")))
                    .toList();
        }
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isRegularFile).toList();
        }
    }

    static List<JsonNode> documents(Path manifest) throws IOException {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(manifest.toFile())) {
            return documents.readAll();
        }
    }

    /** The only document of a file. */
    static JsonNode document(Path manifest) {
        try {
            return documents(manifest).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}

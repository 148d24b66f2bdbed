package com.redhat.cloud.exports.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Integrations on Camel K match the sources' other configuration. */
class SourceIntegrationTests {

    private static final YAMLMapper YAML = new YAMLMapper();

    static List<Path> examples() {
        return SourceApplication.EXAMPLES;
    }

    static List<Path> kamelets() throws IOException {
        try (Stream<Path> files = Files.list(SourceIntegration.KAMELETS)) {
            return files.filter(file -> file.toString().endsWith(".kamelet.yaml"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theIntegrationIsWhatMakeSourceIntegrationWrites(Path example) throws IOException {
        assertThat(example.resolve(SourceIntegration.FILE)).hasContent(SourceIntegration.manifest(example));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itsFlowsAreTheRouteFiles(Path example) throws IOException {
        List<JsonNode> routes = new ArrayList<>();
        for (var file : SourceIntegration.routeFiles(example)) {
            YAML.readTree(file.toFile()).forEach(routes::add);
        }

        var integration = YAML.readTree(example.resolve(SourceIntegration.FILE).toFile());

        assertThat(integration.at("/spec/flows")).containsExactlyElementsOf(routes);
        assertThat(integration.at("/spec/traits/environment/vars"))
                .extracting(JsonNode::asText)
                .contains("EXPORT_SERVICE_PSK=secret:%s-source/EXPORT_SERVICE_PSK".formatted(example.getFileName()));
    }

    /** The label admits the pods to the internal API. */
    @ParameterizedTest
    @MethodSource("examples")
    void itsPodsHaveTheLabelThatTheNetworkPolicyAsksFor(Path example) throws IOException {
        var integration = YAML.readTree(example.resolve(SourceIntegration.FILE).toFile());
        var policy =
                YAML.readTree(Path.of("k8s", "common", "networkpolicy.yaml").toFile());

        var label = policy.findValue("from")
                .at("/0/podSelector/matchLabels")
                .properties()
                .iterator()
                .next();

        assertThat(integration.at("/metadata/labels").get(label.getKey())).isEqualTo(label.getValue());
        assertThat(integration.at("/spec/traits/owner/targetLabels").get(0).asText())
                .isEqualTo(label.getKey());
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void aKameletIsNamedAsItsFileAndHasWhatACustomResourceNeeds(Path file) throws IOException {
        var kamelet = YAML.readTree(file.toFile());

        assertThat(file.getFileName()).hasToString(kamelet.at("/metadata/name").asText() + ".kamelet.yaml");
        assertThat(kamelet.path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.at("/metadata/name").asText())
                .endsWith("-"
                        + kamelet.at("/metadata/labels/camel.apache.org~1kamelet.type")
                                .asText());
        assertThat(kamelet.at("/spec/definition/description").asText()).isNotBlank();
        assertThat(kamelet.at("/spec/template/from")).isNotEmpty();
        assertThat(components(Files.readString(file)))
                .as("dependencies")
                .isSubsetOf(new TreeSet<>(texts(kamelet.at("/spec/dependencies"))));
    }

    @Test
    void theKustomizationNamesEveryKamelet() throws IOException {
        var kustomization = YAML.readTree(
                SourceIntegration.KAMELETS.resolve("kustomization.yaml").toFile());

        assertThat(texts(kustomization.path("resources")))
                .containsExactlyInAnyOrderElementsOf(kamelets().stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    private static TreeSet<String> components(String kamelet) {
        var components = new TreeSet<String>();
        Pattern.compile("uri: \"?(\\w+)[\\s:]|(json|csv): \\{")
                .matcher(kamelet)
                .results()
                .map(match ->
                        match.group(1) != null ? match.group(1) : match.group(2).replace("json", "jackson"))
                .forEach(component -> components.add("camel:" + component));
        return components;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}

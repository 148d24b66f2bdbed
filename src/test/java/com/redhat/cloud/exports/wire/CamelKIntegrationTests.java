package com.redhat.cloud.exports.wire;

import static com.redhat.cloud.exports.wire.KubernetesManifests.K8S;
import static com.redhat.cloud.exports.wire.KubernetesManifests.document;
import static com.redhat.cloud.exports.wire.KubernetesManifests.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Released operators accept the Integrations, and run them as intended. */
class CamelKIntegrationTests {

    private static final Path SERVICE = K8S.resolve("camel-k/integration.yaml");

    static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.endsWith("integration.yaml")).toList();
        }
    }

    static List<Path> integrations() throws IOException {
        List<Path> integrations = new ArrayList<>(sources());
        integrations.add(SERVICE);
        return integrations;
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyReleaseAcceptsTheSources(Path source) {
        assertThat(CamelK.RELEASES)
                .allSatisfy(release ->
                        assertThat(CamelK.findings(document(source), release)).isEmpty());
    }

    @Test
    void theReadmeNamesTheReleasesThatAcceptTheService() throws IOException {
        var oldest = Pattern.compile("Camel K operator \\((\\S+) or later\\)")
                .matcher(Files.readString(K8S.resolve("README.md")));
        assertThat(oldest.find()).isTrue();

        List<String> named = CamelK.RELEASES.subList(CamelK.RELEASES.indexOf(oldest.group(1)), CamelK.RELEASES.size());

        assertThat(CamelK.RELEASES)
                .filteredOn(
                        release -> CamelK.findings(document(SERVICE), release).isEmpty())
                .isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "template: {spec: {enableServiceLinks: false}} | spec.template.spec.enableServiceLinks is unknown",
                "traits: {container: {runAsNonroot: true}} | spec.traits.container.runAsNonroot is unknown",
                "traits: {openshift: {enabled: false}} | spec.traits.openshift is unknown",
                "traits: {gateway: 8} | spec.traits.gateway is unknown",
                "traits: {pdb: {maxUnavailable: 1}} | spec.traits.pdb.maxUnavailable is no string",
                "traits: {health: {livenessPort: 9000}} | spec.traits.health.livenessPort is unknown before 2.9",
                "traits: {jvm: {enabled: false}} | spec.traits.jvm.enabled is deprecated"
            })
    void unknownFieldsAreFound(String spec, String finding) throws IOException {
        ObjectNode integration = new YAMLMapper().createObjectNode();
        integration.set("spec", new YAMLMapper().readTree(spec));

        assertThat(CamelK.findings(integration, "2.8")).containsExactly(finding);
    }

    @ParameterizedTest
    @MethodSource("integrations")
    void podsMeetTheRestrictedPodSecurityStandard(Path file) {
        JsonNode integration = document(file);

        assertThat(List.of("security-context", "container")).allSatisfy(trait -> {
            assertThat(CamelK.trait(integration, trait, "runAsNonRoot").asBoolean())
                    .isTrue();
            assertThat(CamelK.trait(integration, trait, "seccompProfileType").asText())
                    .isEqualTo("RuntimeDefault");
            assertThat(CamelK.trait(integration, trait, "runAsUser").isMissingNode())
                    .isTrue();
        });
        assertThat(CamelK.trait(integration, "container", "allowPrivilegeEscalation")
                        .asBoolean())
                .isFalse();
        assertThat(texts(CamelK.trait(integration, "container", "capabilitiesDrop")))
                .containsExactly("ALL");
        assertThat(CamelK.trait(integration, "container", "capabilitiesAdd")).isEmpty();
    }

    /** The operator would route outside traffic to its default port, where nothing listens. */
    @ParameterizedTest
    @MethodSource("integrations")
    void theOperatorExposesNothing(Path file) {
        JsonNode integration = document(file);

        assertThat(CamelK.trait(integration, "container", "expose").asBoolean()).isFalse();
        assertThat(CamelK.trait(integration, "ingress", "enabled").asBoolean()).isFalse();
        assertThat(CamelK.trait(integration, "route", "enabled").asBoolean()).isFalse();
    }
}

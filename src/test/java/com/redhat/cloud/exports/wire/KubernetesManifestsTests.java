package com.redhat.cloud.exports.wire;

import static com.redhat.cloud.exports.wire.KubernetesManifests.K8S;
import static com.redhat.cloud.exports.wire.KubernetesManifests.ROUTES;
import static com.redhat.cloud.exports.wire.KubernetesManifests.document;
import static com.redhat.cloud.exports.wire.KubernetesManifests.documents;
import static com.redhat.cloud.exports.wire.KubernetesManifests.files;
import static com.redhat.cloud.exports.wire.KubernetesManifests.manifests;
import static com.redhat.cloud.exports.wire.KubernetesManifests.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The manifests in {@code k8s/} agree with each other, with the routes and with the service's environment. */
class KubernetesManifestsTests {

    private static final JsonNode DEPLOYMENT = document(K8S.resolve("base/deployment.yaml"));
    private static final JsonNode POD = DEPLOYMENT.at("/spec/template/spec");
    private static final JsonNode CONTAINER = POD.at("/containers/0");
    private static final JsonNode SERVICE = document(K8S.resolve("base/service.yaml"));
    private static final JsonNode NETWORK_POLICY = document(K8S.resolve("common/networkpolicy.yaml"));
    private static final JsonNode INTEGRATION = document(K8S.resolve("camel-k/integration.yaml"));
    private static final JsonNode TRAITS = INTEGRATION.at("/spec/traits");

    /** Port names and numbers of the contract, section 1. */
    private static final Map<String, Integer> PORTS = Map.of("public", 8000, "internal", 10000, "metrics", 9000);

    /** The environment of the contract, section 1, then what the image and the JVM read in addition. */
    private static final Set<String> ENVIRONMENT = Set.of("""
            PGSQL_HOSTNAME PGSQL_PORT PGSQL_USER PGSQL_PASSWORD PGSQL_DATABASE PGSQL_SSL_MODE
            KAFKA_BROKERS KAFKA_ANNOUNCE_TOPIC KAFKA_EVENT_SOURCE KAFKA_EVENT_SPECVERSION KAFKA_EVENT_TYPE
            KAFKA_EVENT_DATASCHEMA KAFKA_EVENT_SCHEMA
            MINIO_HOST MINIO_PORT MINIO_SSL AWS_ACCESS_KEY AWS_SECRET_ACCESS_KEY AWS_REGION EXPORT_SERVICE_BUCKET
            EXPORT_ENABLE_APPS EXPORTS_PSKS_FILE DISABLE_SERVICE_TO_SERVICE_PSK_AUTH MAX_PAYLOAD_SIZE EXPORT_EXPIRY_DAYS
            RATE_LIMIT_RATE RATE_LIMIT_BURST PUBLIC_PORT PRIVATE_PORT METRICS_PORT LOG_LEVEL ACG_CONFIG
            EXPORT_ROUTES_DIRECTORY JAVA_TOOL_OPTIONS
            """.strip().split("\\s+"));

    @Test
    void everyManifestIsAKubernetesObject() throws IOException {
        for (Path manifest : manifests()) {
            assertThat(documents(manifest)).as("%s", manifest).isNotEmpty().allSatisfy(document -> {
                assertThat(document.path("apiVersion").asText()).isNotEmpty();
                assertThat(document.path("kind").asText()).isNotEmpty();
            });
        }
    }

    @Test
    void aKustomizationListsEveryFileBesideItAndNoneThatIsMissing() throws IOException {
        for (Path kustomization : manifests()) {
            if (!kustomization.endsWith("kustomization.yaml")) {
                continue;
            }
            Path folder = kustomization.getParent();
            JsonNode root = document(kustomization);
            List<Path> named = new ArrayList<>();
            texts(root.path("resources")).forEach(name -> named.add(folder.resolve(name)));
            root.path("configMapGenerator").forEach(generator -> {
                texts(generator.path("files")).forEach(name -> named.add(folder.resolve(name)));
                texts(generator.path("envs")).forEach(name -> named.add(folder.resolve(name)));
            });

            assertThat(named)
                    .allSatisfy(path -> assertThat(Files.isDirectory(path) ? path.resolve("kustomization.yaml") : path)
                            .isRegularFile());
            assertThat(named)
                    .as("%s", kustomization)
                    .containsAll(files(folder).stream()
                            .filter(path -> path.toString().endsWith(".yaml") && !path.endsWith("kustomization.yaml"))
                            .toList());
        }
    }

    @Test
    void theRoutesConfigMapHoldsEveryRoute() throws IOException {
        JsonNode generator = document(ROUTES.resolve("kustomization.yaml")).at("/configMapGenerator/0");

        assertThat(generator.path("name").asText()).isEqualTo("export-service-routes");
        assertThat(texts(generator.path("files")))
                .containsExactlyInAnyOrderElementsOf(files(ROUTES).stream()
                        .map(path -> path.getFileName().toString())
                        .filter(name -> name.endsWith(".camel.yaml"))
                        .toList());
    }

    @Test
    void thePortsAreTheSameEverywhere() throws IOException {
        Map<String, String> settings = settings();
        assertThat(settings)
                .containsEntry("PUBLIC_PORT", "8000")
                .containsEntry("PRIVATE_PORT", "10000")
                .containsEntry("METRICS_PORT", "9000");

        assertThat(ports(CONTAINER.path("ports"), "containerPort")).isEqualTo(PORTS);

        JsonNode servicePorts = SERVICE.at("/spec/ports");
        assertThat(ports(servicePorts, "port")).isEqualTo(PORTS);
        assertThat(servicePorts)
                .allSatisfy(port -> assertThat(port.path("targetPort")).isEqualTo(port.path("name")));

        assertThat(NETWORK_POLICY.at("/spec/ingress").findValues("port"))
                .extracting(JsonNode::asInt)
                .containsExactlyInAnyOrderElementsOf(PORTS.values());

        assertThat(texts(TRAITS.at("/container/ports"))).containsExactlyInAnyOrderElementsOf(portsAs("%s;%d"));
        assertThat(texts(TRAITS.at("/service/ports"))).containsExactlyInAnyOrderElementsOf(portsAs("%s;%d;%2$d"));
    }

    @Test
    void onlySourceApplicationsReachTheInternalPort() {
        assertThat(NETWORK_POLICY.at("/spec/ingress"))
                .filteredOn(rule -> rule.at("/ports/0/port").asInt() == 10000)
                .singleElement()
                .satisfies(rule -> assertThat(rule.path("from"))
                        .isNotEmpty()
                        .allSatisfy(peer ->
                                assertThat(peer.at("/podSelector/matchLabels")).isNotEmpty()));
    }

    @Test
    void theProbesAskTheManagementPort() {
        Map<String, String> paths = Map.of("startup", "/healthz", "readiness", "/readyz", "liveness", "/healthz");
        JsonNode health = TRAITS.path("health");
        assertThat(health.path("enabled").asBoolean()).isTrue();

        paths.forEach((kind, path) -> {
            JsonNode probe = CONTAINER.path(kind + "Probe");
            assertThat(probe.at("/httpGet/path").asText()).as(kind).isEqualTo(path);
            assertThat(probe.at("/httpGet/port").asText()).as(kind).isEqualTo("metrics");

            assertThat(health.path(kind + "ProbeEnabled").asBoolean()).as(kind).isTrue();
            assertThat(health.path(kind + "Probe").asText()).as(kind).isEqualTo(path);
            assertThat(health.path(kind + "Port").asInt()).as(kind).isEqualTo(9000);
            assertThat(health.path(kind + "Period")).as(kind).isEqualTo(probe.path("periodSeconds"));
            assertThat(health.path(kind + "Timeout")).as(kind).isEqualTo(probe.path("timeoutSeconds"));
            assertThat(health.path(kind + "FailureThreshold")).as(kind).isEqualTo(probe.path("failureThreshold"));
        });
    }

    @Test
    void everySettingHasANameThatTheServiceKnows() throws IOException {
        assertThat(ENVIRONMENT).containsAll(deploymentEnvironment().keySet());
    }

    @Test
    void theIntegrationHasTheDeploymentsEnvironment() throws IOException {
        Map<String, String> integration = new TreeMap<>();
        texts(TRAITS.at("/environment/vars")).forEach(variable -> {
            String[] nameAndSource = variable.split("=", 2);
            integration.put(nameAndSource[0], nameAndSource[1]);
        });

        assertThat(integration).isEqualTo(deploymentEnvironment());
    }

    @Test
    void theReadmeSaysHowToMakeEverySecret() throws IOException {
        String readme = Files.readString(K8S.resolve("README.md"));
        CONTAINER.path("env").forEach(variable -> {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            assertThat(readme)
                    .contains("secret generic " + secret.path("name").asText())
                    .contains("--from-literal=" + secret.path("key").asText() + "=");
        });
        POD.path("volumes")
                .findValuesAsText("secretName")
                .forEach(name -> assertThat(readme).contains("secret generic " + name));
    }

    /** A subPath or an environment variable would keep the value from the pod's start. */
    @Test
    void applicationKeysAreInAFileThatIsUpdated() throws IOException {
        Path file = Path.of(settings().get("EXPORTS_PSKS_FILE"));

        assertThat(mountPathOf("secret")).isEqualTo(file.getParent().toString());
        assertThat(CONTAINER.path("volumeMounts").findValues("subPath")).isEmpty();
        assertThat(texts(TRAITS.at("/mount/resources"))).contains("secret:export-service-psks@" + file.getParent());
        assertThat(Files.readString(K8S.resolve("README.md"))).contains("--from-literal=" + file.getFileName() + "=");
    }

    @Test
    void everySelectorMatchesThePods() {
        JsonNode deployment = DEPLOYMENT.path("spec");
        JsonNode labels = deployment.at("/template/metadata/labels");

        assertThat(List.of(
                        deployment.at("/selector/matchLabels"),
                        deployment.at("/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels"),
                        SERVICE.at("/spec/selector"),
                        document(K8S.resolve("base/poddisruptionbudget.yaml")).at("/spec/selector/matchLabels"),
                        NETWORK_POLICY.at("/spec/podSelector/matchLabels")))
                .allSatisfy(selector -> {
                    assertThat(selector).isNotEmpty();
                    assertThat(labels.properties()).containsAll(selector.properties());
                });
    }

    /** The operator labels its pods with the Integration's name and with the labels that the owner trait copies. */
    @Test
    void everySelectorMatchesTheIntegrationsPods() {
        JsonNode metadata = INTEGRATION.path("metadata");

        NETWORK_POLICY.at("/spec/podSelector/matchLabels").properties().forEach(label -> {
            assertThat(metadata.path("labels").path(label.getKey())).isEqualTo(label.getValue());
            assertThat(texts(TRAITS.at("/owner/targetLabels"))).contains(label.getKey());
        });
        assertThat(INTEGRATION
                        .at("/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels")
                        .path("camel.apache.org/integration"))
                .isEqualTo(metadata.path("name"));
        assertThat(document(K8S.resolve("camel-k/kustomization.yaml")).path("configMapGenerator"))
                .hasSize(2)
                .allSatisfy(
                        generator -> assertThat(generator.at("/options/labels").path("camel.apache.org/integration"))
                                .isEqualTo(metadata.path("name")));
    }

    @Test
    void theIntegrationRunsTheSameImageWithTheSameResources() {
        JsonNode trait = TRAITS.path("container");
        JsonNode resources = CONTAINER.path("resources");

        assertThat(trait.path("image")).isEqualTo(CONTAINER.path("image"));
        assertThat(trait.path("requestCPU")).isEqualTo(resources.at("/requests/cpu"));
        assertThat(trait.path("requestMemory")).isEqualTo(resources.at("/requests/memory"));
        assertThat(trait.path("limitCPU")).isEqualTo(resources.at("/limits/cpu"));
        assertThat(trait.path("limitMemory")).isEqualTo(resources.at("/limits/memory"));
        assertThat(INTEGRATION.at("/spec/replicas")).isEqualTo(DEPLOYMENT.at("/spec/replicas"));
        assertThat(INTEGRATION.at("/spec/template/spec/terminationGracePeriodSeconds"))
                .isEqualTo(POD.path("terminationGracePeriodSeconds"));
    }

    @Test
    void neitherRunsAsRootOrWritesToItsFileSystem() {
        assertThat(POD.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(CONTAINER.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(mountPathOf("emptyDir")).isEqualTo("/tmp");

        assertThat(TRAITS.at("/container/runAsNonRoot").asBoolean()).isTrue();
        assertThat(INTEGRATION
                        .at("/spec/template/spec/containers/0/securityContext/readOnlyRootFilesystem")
                        .asBoolean())
                .isTrue();
        assertThat(texts(TRAITS.at("/mount/emptyDirs")))
                .singleElement()
                .asString()
                .startsWith("tmp:/tmp:");
    }

    @Test
    void theRoutesAreMountedWhereTheServiceLooksForThem() throws IOException {
        String directory = settings().get("EXPORT_ROUTES_DIRECTORY");

        assertThat(mountPathOf("configMap")).isEqualTo(directory);
        assertThat(texts(TRAITS.at("/mount/resources"))).contains("configmap:export-service-routes@" + directory);
    }

    /** Names with their sources, in the notation of Camel K. */
    private static Map<String, String> deploymentEnvironment() throws IOException {
        Map<String, String> environment = new TreeMap<>();
        String settings = CONTAINER.at("/envFrom/0/configMapRef/name").asText();
        for (String name : settings().keySet()) {
            environment.put(name, "configmap:%s/%s".formatted(settings, name));
        }
        CONTAINER.path("env").forEach(variable -> {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            environment.put(
                    variable.path("name").asText(),
                    "secret:%s/%s"
                            .formatted(
                                    secret.path("name").asText(),
                                    secret.path("key").asText()));
        });
        return environment;
    }

    private static Map<String, String> settings() throws IOException {
        return Files.readAllLines(K8S.resolve("common/config.env")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** Where the container mounts the pod's only volume of this kind. */
    private static String mountPathOf(String kindOfVolume) {
        for (JsonNode volume : POD.path("volumes")) {
            for (JsonNode mount : CONTAINER.path("volumeMounts")) {
                if (volume.has(kindOfVolume) && mount.path("name").equals(volume.path("name"))) {
                    return mount.path("mountPath").asText();
                }
            }
        }
        return "not mounted";
    }

    private static Map<String, Integer> ports(JsonNode ports, String field) {
        Map<String, Integer> numbers = new TreeMap<>();
        ports.forEach(
                port -> numbers.put(port.path("name").asText(), port.path(field).asInt()));
        return numbers;
    }

    private static List<String> portsAs(String format) {
        return PORTS.entrySet().stream()
                .map(port -> format.formatted(port.getKey(), port.getValue()))
                .toList();
    }
}

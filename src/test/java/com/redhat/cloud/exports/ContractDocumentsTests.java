package com.redhat.cloud.exports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** That the OpenAPI documents say what clients of the service rely on, and that their examples are true. */
class ContractDocumentsTests {

    private static final String PUBLIC = "openapi.yaml";
    private static final String INTERNAL = "openapi-internal.yaml";
    private static final List<String> DOCUMENTS = List.of(PUBLIC, INTERNAL);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private static final Dialect DIALECT = Dialect.builder(Dialects.getOpenApi30())
            .keyword(new NonValidationKeyword("components"))
            .build();

    /** Routes are bound to these by {@code direct:<operationId>}: renaming one takes the operation out of service. */
    private static final Map<String, Map<String, String>> OPERATIONS = Map.of(
            PUBLIC,
            Map.of(
                    "createExport", "post /exports",
                    "listExports", "get /exports",
                    "getExportStatus", "get /exports/{id}/status",
                    "downloadExport", "get /exports/{id}",
                    "deleteExport", "delete /exports/{id}",
                    "ping", "get /ping"),
            INTERNAL,
            Map.of(
                    "uploadSource", "post /{export}/{application}/{source}/upload",
                    "reportSourceError", "post /{export}/{application}/{source}/error",
                    "uploadSourceVerbFirst", "post /upload/{export}/{application}/{source}",
                    "reportSourceErrorVerbFirst", "post /error/{export}/{application}/{source}"));

    private static final Set<String> UPLOAD_STATUSES =
            Set.of("202", "400", "401", "403", "404", "410", "413", "422", "503", "default");
    private static final Set<String> ERROR_STATUSES = Set.of("202", "400", "401", "403", "404", "410", "default");

    private static final Map<String, Set<String>> STATUSES = Map.of(
            "createExport", Set.of("202", "400", "401", "406", "413", "default"),
            "listExports", Set.of("200", "400", "401", "default"),
            "getExportStatus", Set.of("200", "400", "401", "404", "default"),
            "downloadExport", Set.of("200", "206", "304", "400", "401", "404", "416", "default"),
            "deleteExport", Set.of("200", "400", "401", "404", "default"),
            "ping", Set.of("200", "400", "401", "default"),
            "uploadSource", UPLOAD_STATUSES,
            "uploadSourceVerbFirst", UPLOAD_STATUSES,
            "reportSourceError", ERROR_STATUSES,
            "reportSourceErrorVerbFirst", ERROR_STATUSES);

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void aDocumentParsesWithoutAMessage(String document) throws IOException {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        options.setResolveFully(true);

        assertThat(new OpenAPIV3Parser()
                        .readContents(Files.readString(Path.of(document)), null, options)
                        .getMessages())
                .isEmpty();
    }

    @Test
    void theServersAreTheBasePaths() throws IOException {
        assertThat(read(PUBLIC).at("/servers").findValuesAsText("url")).containsExactly("/api/export/v1");
        assertThat(read(INTERNAL).at("/servers").findValuesAsText("url"))
                .containsExactly("/app/export/v1", "/internal/export/v1");
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void theOperationsAreTheOnesThatRoutesAreBoundTo(String document) throws IOException {
        Map<String, String> found = new TreeMap<>();
        operations(read(document)).forEach((name, operation) -> found.put(name, operation.methodAndPath()));

        assertThat(found).containsExactlyInAnyOrderEntriesOf(OPERATIONS.get(document));
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void everyOperationDocumentsTheStatusesOfTheContract(String document) throws IOException {
        operations(read(document))
                .forEach((name, operation) -> assertThat(names(operation.node().path("responses")))
                        .as(name)
                        .isEqualTo(STATUSES.get(name)));
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void everyErrorHasTheSameForm(String document) throws IOException {
        JsonNode root = read(document);
        operations(root)
                .forEach((name, operation) -> eachField(operation.node().path("responses"), (status, ref) -> {
                    if (status.equals("default") || status.startsWith("4") || status.startsWith("5")) {
                        JsonNode content = resolve(root, ref).path("content");
                        assertThat(names(content)).as("%s %s", name, status).containsExactly("application/json");
                        assertThat(content.at("/application~1json/schema/$ref").asText())
                                .as("%s %s", name, status)
                                .isEqualTo("#/components/schemas/Error");
                    }
                }));
    }

    @Test
    void theHeadersThatClientsReadAreDocumented() throws IOException {
        JsonNode root = read(PUBLIC);
        assertThat(headers(root, "createExport", "202")).contains("Location");
        assertThat(headers(root, "getExportStatus", "200")).contains("Retry-After");
        assertThat(headers(root, "downloadExport", "200"))
                .contains("Content-Disposition", "Content-Length", "ETag", "Accept-Ranges");
        assertThat(headers(root, "downloadExport", "206")).contains("Content-Range", "ETag", "Content-Length");
        assertThat(headers(root, "downloadExport", "304")).contains("ETag");
        assertThat(headers(root, "downloadExport", "416")).contains("Content-Range");
        assertThat(headers(root, "listExports", "default")).contains("Allow");
        assertThat(headers(read(INTERNAL), "uploadSource", "503")).contains("Retry-After");
    }

    @Test
    void everyAnswerCarriesTheIdOfItsRequest() throws IOException {
        for (Map.Entry<String, String> entry : Map.of(PUBLIC, "x-rh-insights-request-id", INTERNAL, "X-Request-Id")
                .entrySet()) {
            JsonNode root = read(entry.getKey());
            operations(root)
                    .forEach((name, operation) -> names(operation.node().path("responses"))
                            .forEach(status -> assertThat(headers(root, name, status))
                                    .as("%s %s", name, status)
                                    .contains(entry.getValue())));
        }
    }

    @Test
    void theListDocumentsItsParametersWithTheDefaultsOfTheService() throws IOException {
        Map<String, String> defaults = new TreeMap<>();
        operations(read(PUBLIC))
                .get("listExports")
                .node()
                .path("parameters")
                .forEach(parameter -> defaults.put(
                        parameter.path("name").asText(),
                        parameter.at("/schema/default").asText()));

        assertThat(defaults)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "name", "",
                        "status", "",
                        "application", "",
                        "resource", "",
                        "created_at", "",
                        "expires_at", "",
                        "limit", "100",
                        "offset", "0",
                        "sort", "created",
                        "dir", "asc"));
    }

    @Test
    void theExampleIdentityIsOneThatTheServiceAccepts() throws IOException {
        JsonNode scheme = read(PUBLIC).at("/components/securitySchemes/identity");
        String example = scheme.path("x-example").asText();
        JsonNode identity = JSON.readTree(Base64.getDecoder().decode(example)).path("identity");

        assertThat(identity.path("org_id").asText()).isNotBlank();
        assertThat(identity.path("type").asText()).isEqualTo("User");
        assertThat(identity.at("/user/username").asText()).isNotBlank();
        assertThat(scheme.path("description").asText())
                .contains(example)
                .contains("user `%s`".formatted(identity.at("/user/username").asText()))
                .contains("organisation `%s`".formatted(identity.path("org_id").asText()));
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void everyExampleSatisfiesItsSchema(String document) throws IOException {
        JsonNode root = read(document);
        List<JsonNode> holders = new ArrayList<>();
        collectHoldersOfExamples(root, holders);

        assertThat(holders).isNotEmpty();
        for (JsonNode holder : holders) {
            for (JsonNode example : examples(root, holder)) {
                assertThat(errors(root, holder.path("schema"), example))
                        .as("%s", example)
                        .isEmpty();
            }
        }
    }

    /** Guards the check above: were the schemas not applied, every example would pass. */
    @Test
    void theSchemasRefuseWhatTheServiceWouldNotAnswer() throws IOException {
        JsonNode root = read(PUBLIC);
        JsonNode schema = JSON.readTree("{\"$ref\": \"#/components/schemas/Export\"}");
        JsonNode good = root.at("/components/examples/PendingExport/value");

        assertThat(errors(root, schema, good)).isEmpty();
        assertThat(errors(
                        root, schema, with(good, "id", good.path("id").asText().toUpperCase())))
                .as("an id in upper case")
                .isNotEmpty();
        assertThat(errors(root, schema, with(good, "status", "done")))
                .as("an unknown status")
                .isNotEmpty();
        assertThat(errors(root, schema, with(good, "expires_at", "2029-01-08")))
                .as("a date for a timestamp")
                .isNotEmpty();
        assertThat(errors(root, schema, ((ObjectNode) good.deepCopy()).without("sources")))
                .as("no sources")
                .isNotEmpty();
    }

    private record Operation(String methodAndPath, JsonNode node) {}

    private static JsonNode read(String document) throws IOException {
        return YAML.readTree(Path.of(document).toFile());
    }

    /** Operations by operationId. */
    private static Map<String, Operation> operations(JsonNode root) {
        Map<String, Operation> operations = new TreeMap<>();
        eachField(
                root.path("paths"),
                (path, item) -> eachField(item, (method, node) -> {
                    if (node.has("operationId")) {
                        operations.put(
                                node.path("operationId").asText(),
                                new Operation("%s %s".formatted(method, path), node));
                    }
                }));
        return operations;
    }

    private static Set<String> headers(JsonNode root, String operation, String status) {
        JsonNode response =
                operations(root).get(operation).node().path("responses").path(status);
        return names(resolve(root, response).path("headers"));
    }

    private static JsonNode resolve(JsonNode root, JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static void collectHoldersOfExamples(JsonNode node, List<JsonNode> holders) {
        if (node.has("schema") && (node.has("example") || node.has("examples"))) {
            holders.add(node);
        }
        node.forEach(child -> collectHoldersOfExamples(child, holders));
    }

    private static List<JsonNode> examples(JsonNode root, JsonNode holder) {
        List<JsonNode> examples = new ArrayList<>();
        if (holder.has("example")) {
            examples.add(holder.path("example"));
        }
        holder.path("examples")
                .forEach(example -> examples.add(resolve(root, example).path("value")));
        return examples;
    }

    private static List<Error> errors(JsonNode root, JsonNode schema, JsonNode value) {
        ObjectNode self = JSON.createObjectNode();
        self.putArray("allOf").add(schema);
        self.set("components", root.path("components")); // what the schema's references point into
        return SchemaRegistry.withDialect(DIALECT)
                .getSchema(self)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static JsonNode with(JsonNode object, String field, String value) {
        return ((ObjectNode) object.deepCopy()).put(field, value);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void eachField(JsonNode object, BiConsumer<String, JsonNode> action) {
        object.properties().forEach(field -> action.accept(field.getKey(), field.getValue()));
    }
}

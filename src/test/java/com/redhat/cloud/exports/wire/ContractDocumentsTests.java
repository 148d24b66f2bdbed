package com.redhat.cloud.exports.wire;

import static com.redhat.cloud.exports.wire.ContractDocument.INTERNAL;
import static com.redhat.cloud.exports.wire.ContractDocument.PUBLIC;
import static com.redhat.cloud.exports.wire.ContractDocument.eachField;
import static com.redhat.cloud.exports.wire.ContractDocument.names;
import static com.redhat.cloud.exports.wire.ContractDocument.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The OpenAPI documents state what clients rely on, and their examples are valid. */
class ContractDocumentsTests {

    private static final List<String> DOCUMENTS = List.of(PUBLIC, INTERNAL);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Dialect DIALECT = Dialect.builder(Dialects.getOpenApi30())
            .keyword(new NonValidationKeyword("components"))
            .build();

    /** Routes are bound to these by {@code direct:<operationId>}: renaming one takes the operation out of service. */
    private static final Map<String, Map<String, String>> OPERATIONS = Map.of(
            PUBLIC,
            Map.of(
                    "createExport", "post /exports",
                    "getExports", "get /exports",
                    "getExportStatus", "get /exports/{id}/status",
                    "downloadExport", "get /exports/{id}",
                    "deleteExport", "delete /exports/{id}",
                    "previewSource", "get /exports/{id}/sources/{sourceId}/preview",
                    "ping", "get /ping"),
            INTERNAL,
            Map.of(
                    "uploadSource", "post /{export}/{application}/{source}/upload",
                    "reportSourceError", "post /{export}/{application}/{source}/error",
                    "uploadSourceVerbFirst", "post /upload/{export}/{application}/{source}",
                    "reportSourceErrorVerbFirst", "post /error/{export}/{application}/{source}",
                    "pingInternal", "get /ping"));

    private static final Set<String> UPLOAD_STATUSES =
            Set.of("202", "400", "401", "403", "404", "410", "413", "415", "422", "503", "default");
    private static final Set<String> ERROR_STATUSES = Set.of("202", "400", "401", "403", "404", "410", "default");

    private static final Map<String, Set<String>> STATUSES = Map.ofEntries(
            Map.entry("createExport", Set.of("202", "400", "401", "406", "410", "413", "422", "default")),
            Map.entry("getExports", Set.of("200", "304", "400", "401", "default")),
            Map.entry("getExportStatus", Set.of("200", "304", "400", "401", "404", "default")),
            Map.entry("downloadExport", Set.of("200", "206", "304", "400", "401", "404", "412", "416", "default")),
            Map.entry("deleteExport", Set.of("200", "400", "401", "404", "default")),
            Map.entry("previewSource", Set.of("200", "400", "401", "404", "410", "default")),
            Map.entry("ping", Set.of("200", "400", "401", "default")),
            Map.entry("uploadSource", UPLOAD_STATUSES),
            Map.entry("uploadSourceVerbFirst", UPLOAD_STATUSES),
            Map.entry("reportSourceError", ERROR_STATUSES),
            Map.entry("reportSourceErrorVerbFirst", ERROR_STATUSES),
            Map.entry("pingInternal", Set.of("200", "400", "401", "default")));

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
    void theServersAreTheBasePaths() {
        assertThat(read(PUBLIC).root().at("/servers").findValuesAsText("url")).containsExactly("/api/export/v1");
        assertThat(read(INTERNAL).root().at("/servers").findValuesAsText("url"))
                .containsExactly("/app/export/v1", "/internal/export/v1");
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void theOperationsAreTheOnesThatRoutesAreBoundTo(String document) {
        Map<String, String> found = new TreeMap<>();
        read(document).operations().forEach((name, operation) -> found.put(name, operation.methodAndPath()));

        assertThat(found).containsExactlyInAnyOrderEntriesOf(OPERATIONS.get(document));
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void everyOperationDocumentsTheStatusesOfTheContract(String document) {
        read(document)
                .operations()
                .forEach((name, operation) ->
                        assertThat(names(operation.responses())).as(name).isEqualTo(STATUSES.get(name)));
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void everyErrorHasTheSameForm(String document) {
        ContractDocument contract = read(document);
        contract.operations()
                .forEach((name, operation) -> eachField(operation.responses(), (status, ref) -> {
                    if (status.equals("default") || status.startsWith("4") || status.startsWith("5")) {
                        JsonNode content = contract.resolve(ref).path("content");
                        assertThat(names(content)).as("%s %s", name, status).containsExactly("application/json");
                        assertThat(content.at("/application~1json/schema/$ref").asText())
                                .as("%s %s", name, status)
                                .isEqualTo("#/components/schemas/"
                                        + (document.equals(PUBLIC) ? "ErrorResponse" : "Error"));
                    }
                }));
    }

    @Test
    void theHeadersThatClientsReadAreDocumented() {
        ContractDocument contract = read(PUBLIC);
        assertThat(contract.headers("createExport", "202")).contains("Location");
        assertThat(contract.headers("getExportStatus", "200")).contains("Retry-After");
        assertThat(contract.headers("downloadExport", "200"))
                .contains("Content-Disposition", "Content-Length", "ETag", "Accept-Ranges");
        assertThat(contract.headers("downloadExport", "206")).contains("Content-Range", "ETag", "Content-Length");
        assertThat(contract.headers("downloadExport", "304")).contains("ETag");
        assertThat(contract.headers("downloadExport", "416")).contains("Content-Range");
        assertThat(contract.headers("getExports", "default")).contains("Allow");
        assertThat(read(INTERNAL).headers("uploadSource", "503")).contains("Retry-After");
    }

    @Test
    void everyAnswerCarriesTheIdOfItsRequest() {
        for (Map.Entry<String, String> entry : Map.of(PUBLIC, "x-rh-insights-request-id", INTERNAL, "X-Request-Id")
                .entrySet()) {
            ContractDocument contract = read(entry.getKey());
            contract.operations()
                    .forEach((name, operation) -> names(operation.responses())
                            .forEach(status -> assertThat(contract.headers(name, status))
                                    .as("%s %s", name, status)
                                    .contains(entry.getValue())));
        }
    }

    @Test
    void theListDocumentsItsParametersWithTheDefaultsOfTheService() {
        Map<String, String> defaults = new TreeMap<>();
        ContractDocument contract = read(PUBLIC);
        contract.operations().get("getExports").node().path("parameters").forEach(reference -> {
            JsonNode parameter = contract.resolve(reference);
            if (parameter.path("in").asText().equals("query")) {
                defaults.put(
                        parameter.path("name").asText(),
                        parameter.at("/schema/default").asText());
            }
        });

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
        JsonNode scheme = read(PUBLIC).root().at("/components/securitySchemes/3ScaleIdentity");
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
    void everyExampleSatisfiesItsSchema(String document) {
        ContractDocument contract = read(document);
        List<JsonNode> holders = new ArrayList<>();
        collectHoldersOfExamples(contract.root(), holders);

        assertThat(holders).isNotEmpty();
        for (JsonNode holder : holders) {
            for (JsonNode example : examples(contract, holder)) {
                assertThat(errors(contract, holder.path("schema"), example))
                        .as("%s", example)
                        .isEmpty();
            }
        }
    }

    /** Guards the check above: were the schemas not applied, every example would pass. */
    @Test
    void theSchemasRefuseWhatTheServiceWouldNotAnswer() {
        ContractDocument contract = read(PUBLIC);
        JsonNode schema = JSON.createObjectNode().put("$ref", "#/components/schemas/ExportStatus");
        JsonNode good = contract.root().at("/components/examples/PendingExport/value");

        assertThat(errors(contract, schema, good)).isEmpty();
        assertThat(errors(contract, schema, with(good, "id", "1-2-3-4-5")))
                .as("an id that is no UUID")
                .isNotEmpty();
        assertThat(errors(contract, schema, with(good, "status", "done")))
                .as("an unknown status")
                .isNotEmpty();
        assertThat(errors(contract, schema, with(good, "expires_at", "2029-01-08")))
                .as("a date for a timestamp")
                .isNotEmpty();
        assertThat(errors(contract, schema, ((ObjectNode) good.deepCopy()).without("name")))
                .as("no name")
                .isNotEmpty();
    }

    private static void collectHoldersOfExamples(JsonNode node, List<JsonNode> holders) {
        if (node.has("schema") && (node.has("example") || node.has("examples"))) {
            holders.add(node);
        }
        node.forEach(child -> collectHoldersOfExamples(child, holders));
    }

    private static List<JsonNode> examples(ContractDocument contract, JsonNode holder) {
        List<JsonNode> examples = new ArrayList<>();
        if (holder.has("example")) {
            examples.add(holder.path("example"));
        }
        holder.path("examples")
                .forEach(example -> examples.add(contract.resolve(example).path("value")));
        return examples;
    }

    private static List<Error> errors(ContractDocument contract, JsonNode schema, JsonNode value) {
        ObjectNode self = JSON.createObjectNode();
        self.putArray("allOf").add(schema);
        self.set("components", contract.root().path("components")); // what the schema's references point into
        return SchemaRegistry.withDialect(DIALECT)
                .getSchema(self)
                .validate(value, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static JsonNode with(JsonNode object, String field, String value) {
        return ((ObjectNode) object.deepCopy()).put(field, value);
    }
}

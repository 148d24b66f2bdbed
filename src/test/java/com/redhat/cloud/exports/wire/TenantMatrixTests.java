package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.redhat.cloud.exports.platform.database.SqlFile;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every operation with every foreign identity and every disguise: nothing of another tenant is shown, counted, deleted or written, and the answer is that for an export that does not exist.
 */
@ServiceTest
class TenantMatrixTests {

    private static final String ORG = "org-" + UUID.randomUUID();
    private static final String OWNER = user(ORG, "100", "owner");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Api.Export pending;
    private static Api.Export complete;

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    private static String user(String org, String account, String name) {
        return Api.base64("""
                {"identity":{"org_id":"%s","account_number":"%s","type":"User","user":{"username":"%s"}}}""".formatted(org, account, name));
    }

    @BeforeEach
    void exports() {
        if (pending == null) {
            pending = api.create(OWNER, Api.request("json", 1).replace("Example", "secret"));
            complete = api.create(OWNER, Api.request("json", 1).replace("Example", "secret"));
            api.upload(complete, 0, "[\"of the owner\"]").then().statusCode(202);
        }
    }

    /** Identities that differ from the owner's in organisation, account or user. */
    static Map<String, String> foreigners() {
        Map<String, String> identities = new LinkedHashMap<>();
        identities.put("another organisation", user("other", "100", "owner"));
        identities.put("another user", user(ORG, "100", "other"));
        identities.put("another account", user(ORG, "200", "owner"));
        identities.put("no account", Api.identity(ORG, "owner"));
        identities.put("an empty account", user(ORG, "", "owner"));
        identities.put("another case", user(ORG, "100", "Owner"));
        identities.put("a space more", user(ORG, "100", "owner "));
        identities.put("a wildcard", user(ORG, "100", "%"));
        identities.put("a quotation", user(ORG, "100", "' or 'a' = 'a"));
        identities.put("the organisation in second place", Api.base64("""
                {"identity":{"org_id":"other","internal":{"org_id":"%s"},"account_number":"100","type":"User",
                 "user":{"username":"owner"}}}""".formatted(ORG)));
        identities.put("a service account", Api.base64("""
                {"identity":{"org_id":"%s","account_number":"100","type":"ServiceAccount",
                 "service_account":{"username":"service","client_id":"owner"},"user":{"username":"owner"}}}""".formatted(ORG)));
        identities.put("a system", Api.base64("""
                {"identity":{"org_id":"%s","account_number":"100","type":"System","system":{"cn":"machine"},
                 "user":{"username":"owner"}}}""".formatted(ORG)));
        return identities;
    }

    /**
     * What a request carries besides its identity.
     *
     * @param headers names and values in turn, for the id of the export
     * @param query what follows the path
     */
    private record Disguise(Function<String, List<String>> headers, String query) {}

    static Map<String, Disguise> disguises() {
        String owner = URLEncoder.encode(OWNER, StandardCharsets.UTF_8);
        Map<String, Disguise> disguises = new LinkedHashMap<>();
        disguises.put("none", new Disguise(id -> List.of(), ""));
        disguises.put(
                "the owner's identity in a second header",
                new Disguise(id -> List.of("x-rh-identity", OWNER, "X-RH-IDENTITY", OWNER), ""));
        disguises.put(
                "the owner's identity in places like it",
                new Disguise(
                        id -> List.of("x_rh_identity", OWNER, "identity", OWNER, "Cookie", "x-rh-identity=" + OWNER),
                        "?x-rh-identity=" + owner + "&identity=" + owner));
        disguises.put(
                "the owner by name",
                new Disguise(
                        id -> List.of("org_id", ORG, "orgId", ORG, "organization_id", ORG, "tenant", ORG),
                        "?org_id=%1$s&orgId=%1$s&organization_id=%1$s&username=owner&account_number=100"
                                .formatted(ORG)));
        disguises.put(
                "names of components",
                new Disguise(
                        id -> List.of(
                                "CamelHttpPath",
                                Api.EXPORTS + "/" + id,
                                "CamelHttpUri",
                                Api.EXPORTS + "/" + id,
                                "CamelSqlQuery",
                                "select * from export_payloads",
                                "CamelSqlParameters",
                                "select * from export_payloads",
                                "CamelHeader.tenant",
                                ORG,
                                "CamelVariable.tenant",
                                ORG),
                        "?CamelSqlQuery=select&tenant=%1$s&variable.tenant=%1$s".formatted(ORG)));
        disguises.put(
                "names of proxies",
                new Disguise(
                        id -> List.of(
                                "X-Original-URL", Api.EXPORTS + "/" + id,
                                "X-Rewrite-URL", Api.EXPORTS + "/" + id,
                                "X-Forwarded-Prefix", Api.EXPORTS + "/" + id,
                                "X-Forwarded-User", "owner",
                                "X-Forwarded-For", "127.0.0.1",
                                "X-Forwarded-Host", "localhost",
                                "X-Remote-User", "owner",
                                "Forwarded", "for=127.0.0.1;host=localhost;by=owner",
                                "X-HTTP-Method-Override", "DELETE"),
                        "?_method=DELETE"));
        disguises.put("a key of a source application", new Disguise(id -> List.of("x-rh-exports-psk", Api.KEY), ""));
        return disguises;
    }

    static Stream<Arguments> matrix() {
        return foreigners().keySet().stream()
                .flatMap(foreigner -> disguises().keySet().stream().map(how -> Arguments.of(foreigner, how)));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void nothingIsSeenOrDeleted(String foreigner, String disguised) throws Exception {
        String identity = foreigners().get(foreigner);
        Disguise disguise = disguises().get(disguised);
        for (Api.Export export : List.of(pending, complete)) {
            String path = Api.EXPORTS + "/" + export.id();
            String missing = "{\"message\":\"record '%s' not found\",\"code\":404}".formatted(export.id());
            String preview = "/sources/" + export.sources().getFirst() + "/preview";
            for (String operation : List.of(
                    "GET /status",
                    "GET ",
                    "HEAD ",
                    "GET " + preview,
                    "HEAD " + preview,
                    "DELETE ",
                    "GET /status/",
                    "DELETE /")) {
                String[] parts = operation.split(" ", 2);
                HttpResponse<String> answer = send(parts[0], path + parts[1], identity, disguise, export.id());
                assertThat(answer.statusCode()).as(operation).isEqualTo(404);
                assertThat(answer.body()).as(operation).isEqualTo(parts[0].equals("HEAD") ? "" : missing);
                assertThat(answer.headers().map()).doesNotContainKeys("etag", "content-disposition", "retry-after");
            }
        }
        for (String query : List.of("?limit=1000", "?name=secret", "?status=complete", "?application=exampleApp")) {
            Disguise more =
                    new Disguise(disguise.headers(), query + disguise.query().replace('?', '&'));
            HttpResponse<String> list = send("GET", Api.EXPORTS, identity, more, complete.id());
            assertThat(list.statusCode()).isEqualTo(200);
            assertThat(list.body())
                    .startsWith("{\"meta\":{\"count\":0}")
                    .endsWith("\"data\":[]}")
                    .doesNotContain(complete.id());
        }
        requireUntouched();
    }

    private HttpResponse<String> send(String method, String path, String identity, Disguise disguise, String id)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + api.publicPort + path + disguise.query()))
                .method(method, BodyPublishers.noBody())
                .header("x-rh-identity", identity);
        List<String> headers = disguise.headers().apply(id);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private void requireUntouched() {
        api.list(OWNER, "?name=secret").then().body("meta.count", equalTo(2));
        api.status(pending).then().statusCode(200).body("status", equalTo("pending"));
        api.status(complete).then().statusCode(200).body("status", equalTo("complete"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/export/v1/exports/%1$s/../%2$s/status",
                "/api/export/v1/exports/%1$s/..;/%2$s/status",
                "/api/export/v1/exports/%1$s/%%2e%%2e/%2$s/status",
                "/api/export/v1/exports/%1$s/%%252e%%252e/%2$s/status",
                "/api/export/v1/exports/%1$s%%2f..%%2f%2$s/status",
                "/api/export/v1/exports/%1$s//%2$s/status",
                "/api/export/v1/exports//%2$s/status",
                "/api/export/v1/exports/%2$s;x-rh-identity=owner/status",
                "/api/export/v1/exports;org_id=o/%2$s/status",
                "/api/export/v1/./exports/%2$s/status",
                "//api/export/v1/exports/%2$s/status",
                "/api/export/v1/exports/%1$s%%00%2$s/status",
                "/api/export/v1/exports/%1$s,%2$s/status",
                "/api/export/v1/exports/%1$s?/../%2$s/status",
                "/api/export/v1/exports/%1$s#/../%2$s/status",
                "http://localhost/api/export/v1/exports/%2$s/status",
                "/api/export/v1/exports/%2$s/status%%0d%%0ax-rh-identity:%%20owner",
                "/app/export/v1/exports/%2$s/status",
                "/internal/export/v1/exports/%2$s/status"
            })
    void noPathLeadsToAnotherTenantsExport(String path) throws Exception {
        String stranger = Api.someone();
        Api.Export own = api.create(stranger, Api.request("json", 1));
        for (int port : new int[] {api.publicPort, api.internalPort}) {
            for (String method : List.of("GET", "DELETE")) {
                try (RawConnection connection = new RawConnection(port)) {
                    String answer = connection
                            .send(
                                    "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-rh-identity: %s\r\nx-rh-exports-psk: %s\r\n\r\n"
                                            .formatted(
                                                    method, path.formatted(own.id(), complete.id()), stranger, Api.KEY))
                            .rest();
                    assertThat(answer)
                            .containsPattern("^HTTP/1.1 (4\\d\\d|200)")
                            .doesNotContain("secret", "of the owner");
                }
            }
        }
        requireUntouched();
    }

    @Test
    void aBodyCannotSetTheOwner() {
        String stranger = user("other", "300", "stranger");
        String fields = """
                "id":"%1$s","export_id":"%1$s","status":"complete","org_id":"%2$s","organization_id":"%2$s","orgId":"%2$s",\
                "account":"100","account_id":"100","account_number":"100","username":"owner","user":{"username":"owner"},\
                "identity":{"org_id":"%2$s","type":"User","user":{"username":"owner"}},"tenant":"%2$s",\
                "User":{"OrganizationID":"%2$s","Username":"owner","AccountID":"100"},""".formatted(complete.id(), ORG);
        String source = """
                {"id":"%s","export_payload_id":"%s","status":"complete","storage_key":"x","application":"exampleApp",\
                "resource":"exampleResource"}""".formatted(complete.sources().getFirst(), complete.id());
        Api.Export made = api.create(
                stranger, "{" + fields + "\"name\":\"secret\",\"format\":\"json\",\"sources\":[" + source + "]}");

        assertThat(made.id()).isNotEqualTo(complete.id());
        assertThat(made.sources()).doesNotContain(complete.sources().getFirst());
        api.status(made)
                .then()
                .body("status", equalTo("pending"))
                .body("sources[0].status", equalTo("pending"))
                .body("completed_at", nullValue());
        assertThat(database.sql("select organization_id, account_id, username from export_payloads where id = ?::uuid")
                        .param(made.id())
                        .query()
                        .singleRow()
                        .values())
                .containsExactly("other", "300", "stranger");
        requireUntouched();
    }

    /** A result is accepted only if export, application and source belong together. */
    @ParameterizedTest
    @ValueSource(strings = {"upload", "error"})
    void aResultMustNameTheSourcesExportAndApplication(String verb) {
        Api.Export other = api.create(Api.someone(), Api.request("json", 1));
        String source = pending.sources().getFirst();
        Headers hostile = new Headers(
                new Header("application", "exampleApp"),
                new Header("CamelHeader.application", "exampleApp"),
                new Header("export", pending.id()),
                new Header("source", source),
                new Header("CamelHttpPath", pending.uploadPath(0)));
        Map<String, Integer> paths = Map.of(
                "%s/subscriptions/%s".formatted(pending.id(), source), 403,
                "%s/EXAMPLEAPP/%s".formatted(pending.id(), source), 403,
                "%s/exampleApp%%20/%s".formatted(pending.id(), source), 403,
                "%s/exampleApp/%s".formatted(other.id(), source), 404,
                "%s/exampleApp/%s".formatted(pending.id(), other.sources().getFirst()), 404,
                "%s/exampleApp/%s".formatted(UUID.randomUUID(), source), 404);
        paths.forEach((path, status) -> {
            for (String whole : List.of(
                    "/app/export/v1/" + path + "/" + verb,
                    "/internal/export/v1/" + path + "/" + verb,
                    "/app/export/v1/" + verb + "/" + path)) {
                api.application()
                        .headers(hostile)
                        .body(verb.equals("upload") ? "[1]" : "{\"message\":\"m\",\"error\":1}")
                        .post(whole + "?application=exampleApp&export=" + pending.id() + "&source=" + source)
                        .then()
                        .statusCode(status)
                        .body("message", not(nullValue()));
            }
        });
        api.status(other).then().body("status", equalTo("pending"));
        requireUntouched();
    }

    /** The statement that finds an export filters by tenant; no later check does. */
    @ParameterizedTest
    @ValueSource(strings = {"export/status", "export/delete", "download/find"})
    void theStatementFiltersByTenant(String file) {
        assertThat(SqlFile.read(file).replaceAll("\\s+", " "))
                // In a statement for several requests each has its own.
                .containsPattern("organization_id = (:orgId|requested.organization_id)")
                .containsPattern("username = (:username|requested.username)")
                .containsPattern("account_id = (:accountNumber|requested.account_id)");
    }
}

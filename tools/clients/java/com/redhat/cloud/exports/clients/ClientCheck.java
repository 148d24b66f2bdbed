package com.redhat.cloud.exports.clients;

import export_client.api.DefaultApi;
import export_client.model.ExportRequest;
import export_client.model.ExportRequestResource;
import export_client.model.ExportResource;
import export_client.model.ExportStatus;
import export_client.model.Format;
import export_client.model.Status;
import export_internal_client.api.ResultsApi;
import export_internal_client.model.SourceError;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.zip.ZipFile;

/**
 * One export of each outcome through the Java clients that openapi-generator makes from both documents. Needs the
 * service at {@code PUBLIC_URL} and {@code INTERNAL_URL}; ends at the first answer that is not as it should be. That the
 * types are right, the compiler says.
 */
final class ClientCheck {

    private static final byte[] JSON_DATA =
            "{\"data\": [{\"name\": \"Zo\u00eb\", \"n\": 1.50},\r\n {\"n\": 2}]}\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CSV_DATA =
            "id,name\r\n1,\"Zo\u00eb, \"\"the\n first\"\"\"\r\n".getBytes(StandardCharsets.UTF_8);

    private final DefaultApi exports = exportsApi("java-" + UUID.randomUUID());
    private final ResultsApi results = resultsApi(System.getenv("PSK"));

    private ClientCheck() {}

    public static void main(String[] arguments) throws Exception {
        var check = new ClientCheck();
        check.ping();
        var export = check.create();
        check.list(export);
        check.refusals(export);
        var partial = check.answer(export);
        check.download(partial, JSON_DATA);
        var complete = check.csv();
        check.download(complete, CSV_DATA);
        check.failed();
        check.delete(partial);
        check.delete(complete);
        System.out.println(
                "Java clients: ping, create, list, status, upload, error, download, delete and their errors are as documented");
        // The HTTP client keeps idle connections, and threads for them.
        System.exit(0);
    }

    private void ping() throws Exception {
        expect("ping", exports.ping(null), "Hello world");
    }

    private ExportStatus create() throws Exception {
        // Not of a whole minute: Java's own text leaves seconds of zero out, which RFC 3339 wants.
        var expires = OffsetDateTime.now(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .withSecond(30)
                .plusDays(2);
        var request = new ExportRequest()
                .name("Zo\u00eb's hosts")
                .format(Format.JSON)
                .expiresAt(expires)
                .addSourcesItem(source("exampleResource").filters(Map.of("since", Map.of("month", "2029-02"))))
                .addSourcesItem(source("anotherExampleResource").expires(expires));
        var answer = exports.createExportWithHttpInfo(request, "key-of-java", "client-check");
        expect("create: status", answer.getStatusCode(), 202);
        expect("create: request id", answer.getHeaders().get("x-rh-insights-request-id"), List.of("client-check"));
        ExportStatus export = answer.getData();
        UUID id = export.getId();
        expect(
                "create: Location",
                answer.getHeaders().get("Location"),
                List.of("/api/export/v1/exports/%s/status".formatted(id)));
        expect("create: expires_at", export.getExpiresAt(), expires);
        expect("create: zone", export.getCreatedAt().getOffset(), ZoneOffset.UTC);
        expect("create: completed_at", export.getCompletedAt(), null);
        expect("create: name", export.getName(), "Zo\u00eb's hosts");
        expect("create: format", export.getFormat(), Format.JSON);
        expect("create: status", export.getStatus(), Status.PENDING);
        expect("create: sources", export.getSources().size(), 2);
        ExportResource first = export.getSources().getFirst();
        expect("create: source status", first.getStatus(), Status.PENDING);
        expect("create: filters", first.getFilters(), Map.of("since", Map.of("month", "2029-02")));
        expect("create: no filters", export.getSources().getLast().getFilters(), null);
        expect("status", exports.getExportStatus(id, null), export);
        expect("create: the same key", exports.createExport(request, "key-of-java", null), export);
        return export;
    }

    private void list(ExportStatus export) throws Exception {
        var page = exports.getExports(
                export.getName(),
                export.getCreatedAt().toLocalDate(),
                export.getExpiresAt().toLocalDate(),
                "exampleApp",
                "anotherExampleResource",
                0,
                1,
                "name",
                "desc",
                Status.PENDING,
                null);
        expect("list: count", page.getMeta().getCount(), 1L);
        expect("list: next", page.getLinks().getNext(), null);
        var item = page.getData().getFirst();
        expect("list: id", item.getId(), export.getId());
        expect("list: created_at", item.getCreatedAt(), export.getCreatedAt());
        expect("list: status", item.getStatus(), Status.PENDING);
    }

    private void refusals(ExportStatus export) throws Exception {
        var other = exportsApi("somebody-else");
        refused("another user's", 404, "not found", () -> other.getExportStatus(export.getId(), null));
        var unknown = new ExportRequest()
                .format(Format.CSV)
                .addSourcesItem(new ExportRequestResource().application("unknown").resource("unknown"));
        refused("an unknown application", 406, "Configured Exports", () -> exports.createExport(unknown, null, null));
        refused(
                "a bad name",
                400,
                "NUL",
                () -> exports.getExports("\0", null, null, null, null, null, null, null, null, null, null));
        var another = new ExportRequest().format(Format.CSV).addSourcesItem(source("exampleResource"));
        refused(
                "another request's key",
                422,
                "another request",
                () -> exports.createExport(another, "key-of-java", null));
        var stranger = resultsApi("wrong");
        var source = export.getSources().getFirst();
        refused(
                "a wrong key",
                401,
                "invalid x-rh-exports-psk",
                () -> stranger.uploadSource(export.getId(), "exampleApp", source.getId(), file(JSON_DATA), null));
    }

    /** The first source delivers, the second fails. */
    private ExportStatus answer(ExportStatus export) throws Exception {
        var delivered = export.getSources().getFirst();
        var failed = export.getSources().getLast();
        var invalid = file("{\"data\": [1,]}".getBytes(StandardCharsets.UTF_8));
        refused(
                "invalid JSON",
                422,
                "invalid JSON at line 1",
                () -> results.uploadSource(export.getId(), "exampleApp", delivered.getId(), invalid, null));
        expect(
                "upload",
                results.uploadSource(export.getId(), "exampleApp", delivered.getId(), file(JSON_DATA), null),
                "payload delivered");
        expect("running", status(export).getStatus(), Status.RUNNING);
        var report = new SourceError().message("no such host").error(404);
        results.reportSourceError(export.getId(), "exampleApp", failed.getId(), report, null);
        refused(
                "another answer",
                410,
                "already been processed",
                () -> results.uploadSource(export.getId(), "exampleApp", failed.getId(), file(JSON_DATA), null));
        var status = status(export);
        expect("partial", status.getStatus(), Status.PARTIAL);
        expect("partial: completed_at", status.getCompletedAt().isBefore(export.getCreatedAt()), false);
        for (var source : status.getSources()) {
            boolean isFailed = source.getId().equals(failed.getId());
            expect("source", source.getStatus(), isFailed ? Status.FAILED : Status.COMPLETE);
            expect("source: message", source.getMessage(), isFailed ? "no such host" : null);
            expect("source: error", source.getError(), isFailed ? 404 : null);
        }
        return status;
    }

    private ExportStatus csv() throws Exception {
        var export = exports.createExport(
                new ExportRequest().format(Format.CSV).addSourcesItem(source("exampleResource")), null, null);
        var source = export.getSources().getFirst();
        expect("create: no name", export.getName(), "");
        refused(
                "not ready",
                400,
                "not ready for download",
                () -> exports.downloadExport(export.getId(), null, null, null, null));
        expect(
                "CSV upload",
                results.uploadSourceVerbFirst(export.getId(), "exampleApp", source.getId(), file(CSV_DATA), null),
                "payload delivered");
        var status = status(export);
        expect("complete", status.getStatus(), Status.COMPLETE);
        return status;
    }

    private void failed() throws Exception {
        var export = exports.createExport(
                new ExportRequest().format(Format.CSV).addSourcesItem(source("exampleResource")), null, null);
        results.reportSourceErrorVerbFirst(
                export.getId(),
                "exampleApp",
                export.getSources().getFirst().getId(),
                new SourceError().message("nothing there").error(-1),
                null);
        expect("failed", status(export).getStatus(), Status.FAILED);
    }

    private void download(ExportStatus export, byte[] data) throws Exception {
        var answer = exports.downloadExportWithHttpInfo(export.getId(), null, null, null, null);
        expect("download: type", answer.getHeaders().get("Content-Type"), List.of("application/zip"));
        File zip = answer.getData();
        expect("download: length", List.of("" + zip.length()), answer.getHeaders().get("Content-Length"));
        try (var archive = new ZipFile(zip)) {
            var name = "%s.%s".formatted(export.getSources().getFirst().getId(), export.getFormat());
            expect("download: files", archive.size(), 3);
            try (var content = archive.getInputStream(archive.getEntry(name))) {
                expect("download: data", Arrays.equals(content.readAllBytes(), data), true);
            }
        }
        var part = exports.downloadExportWithHttpInfo(export.getId(), null, "bytes=10-29", null, null);
        expect("range: status", part.getStatusCode(), 206);
        expect(
                "range: bytes",
                Arrays.equals(
                        Files.readAllBytes(part.getData().toPath()),
                        Arrays.copyOfRange(Files.readAllBytes(zip.toPath()), 10, 30)),
                true);
        Files.delete(zip.toPath());
        Files.delete(part.getData().toPath());
    }

    private void delete(ExportStatus export) throws Exception {
        exports.deleteExport(export.getId(), null);
        var notFound = "record '%s' not found".formatted(export.getId());
        refused("status after delete", 404, notFound, () -> status(export));
        refused(
                "download after delete",
                404,
                notFound,
                () -> exports.downloadExport(export.getId(), null, null, null, null));
        var source = export.getSources().getFirst();
        refused(
                "a late upload",
                404,
                notFound,
                () -> results.uploadSource(export.getId(), "exampleApp", source.getId(), file(JSON_DATA), null));
    }

    private ExportStatus status(ExportStatus export) throws export_client.ApiException {
        return exports.getExportStatus(export.getId(), null);
    }

    private static ExportRequestResource source(String resource) {
        return new ExportRequestResource().application("exampleApp").resource(resource);
    }

    private static File file(byte[] content) throws Exception {
        var file = Files.createTempFile("client-check", null);
        file.toFile().deleteOnExit();
        return Files.write(file, content).toFile();
    }

    private static DefaultApi exportsApi(String user) {
        var identity = """
                {"identity":{"org_id":"000001","type":"User","user":{"username":"%s"}}}""".formatted(user);
        var client = new export_client.ApiClient().setBasePath(System.getenv("PUBLIC_URL") + "/api/export/v1");
        var key = (export_client.auth.ApiKeyAuth) client.getAuthentication("3ScaleIdentity");
        key.setApiKey(Base64.getEncoder().encodeToString(identity.getBytes(StandardCharsets.UTF_8)));
        return new DefaultApi(client);
    }

    private static ResultsApi resultsApi(String psk) {
        var client =
                new export_internal_client.ApiClient().setBasePath(System.getenv("INTERNAL_URL") + "/app/export/v1");
        ((export_internal_client.auth.ApiKeyAuth) client.getAuthentication("psk")).setApiKey(psk);
        return new ResultsApi(client);
    }

    /** The error is the client's own exception, and its body the document's Error. */
    private static void refused(String what, int status, String message, Callable<?> call) throws Exception {
        int code;
        export_client.model.ErrorResponse error;
        try {
            throw new AssertionError("%s: expected %d, was %s".formatted(what, status, call.call()));
        } catch (export_client.ApiException e) {
            code = e.getCode();
            error = export_client.model.ErrorResponse.fromJson(e.getResponseBody());
        } catch (export_internal_client.ApiException e) {
            code = e.getCode();
            error = export_client.model.ErrorResponse.fromJson(e.getResponseBody());
        }
        expect(what, code, status);
        expect(what, error.getCode(), status);
        expect(what + ": " + error.getMessage(), error.getMessage().contains(message), true);
    }

    private static void expect(String what, Object actual, Object expected) {
        if (!Objects.equals(actual, expected)) {
            throw new AssertionError("%s: expected %s, was %s".formatted(what, expected, actual));
        }
    }
}

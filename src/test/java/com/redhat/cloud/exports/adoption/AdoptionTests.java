package com.redhat.cloud.exports.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.redhat.cloud.exports.export.Counts;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.Bucket;
import com.redhat.cloud.exports.testing.FormerDeployment;
import com.redhat.cloud.exports.testing.FormerDeployment.Export;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.TestServers;
import com.redhat.cloud.exports.testing.Together;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The first start on a database and a bucket of the former service. */
@ServiceTest
@ContextConfiguration(initializers = AdoptionTests.Adopted.class)
class AdoptionTests {

    private static final String DATABASE = "adopted";

    private static final Export COMPLETE = Export.of("complete", "complete", "success", "complete");
    private static final Export PARTIAL = Export.of("partial", "partial", "complete", "failed");
    private static final Export FAILED = Export.of("failed", "failed", "failed");
    private static final Export PENDING = Export.of("pending", "pending", "pending");
    private static final Export RUNNING = Export.of("running", "running", "complete", "pending", "success");
    private static final Export UNFINISHED = Export.of("unfinished", "running", "complete", "failed");
    private static final Export RESULTS_AT_BOTH = Export.of("results at both", "running", "pending", "pending");
    private static final Export DELETED = Export.of("deleted", "complete", "complete");
    private static final Export EXPIRED =
            Export.of("expired", "complete", "complete").expiring("-1 second");
    private static final Export WITHOUT_ACCOUNT =
            Export.of("without account", "complete", "complete").ofAccount(null);
    private static final Export OF_AN_ACCOUNT =
            Export.of("of an account", "complete", "complete").ofAccount("540155");

    private static final List<Export> ALL = List.of(
            COMPLETE,
            PARTIAL,
            FAILED,
            PENDING,
            RUNNING,
            UNFINISHED,
            RESULTS_AT_BOTH,
            DELETED,
            EXPIRED,
            WITHOUT_ACCOUNT,
            OF_AN_ACCOUNT);

    @Autowired
    Api api;

    @Autowired
    S3Client s3;

    @Autowired
    JdbcClient database;

    @Autowired
    ProducerTemplate routes;

    static final class Adopted extends TestServers.Initializer {

        @Override
        protected Map<String, String> settings() {
            FormerDeployment deployment = FormerDeployment.create(DATABASE);
            try (S3Client s3 = bucket(TestServers.servers().environment())) {
                ALL.forEach(export -> deployment.hold(s3, export));
            }
            return Map.of("PGSQL_DATABASE", DATABASE);
        }

        private static S3Client bucket(Map<String, String> servers) {
            return S3Client.builder()
                    .endpointOverride(URI.create("http://localhost:" + servers.get("MINIO_PORT")))
                    .region(Region.of(servers.get("AWS_REGION")))
                    .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                            servers.get("AWS_ACCESS_KEY"), servers.get("AWS_SECRET_ACCESS_KEY"))))
                    .forcePathStyle(true)
                    .build();
        }
    }

    @Test
    void aFinishedExportIsDownloadedByteForByteUnderItsOldName() {
        for (Export export : List.of(COMPLETE, PARTIAL)) {
            Response download = api.download(export.asUser());
            download.then()
                    .statusCode(200)
                    .header("Content-Disposition", "attachment; filename=\"" + export.zipName() + "\"")
                    .header("Content-Length", Integer.toString(export.zip().length()));
            assertThat(download.asString()).isEqualTo(export.zip());
            String etag = download.header("ETag");
            api.as(export.asUser().identity())
                    .header("Range", "bytes=4-6")
                    .header("If-Range", etag)
                    .get(Api.EXPORTS + "/" + export.id())
                    .then()
                    .statusCode(206)
                    .body(equalTo("zip"));
        }
    }

    @Test
    void aFinishedExportKeepsItsStatus() {
        api.status(COMPLETE.asUser())
                .then()
                .statusCode(200)
                .body("status", equalTo("complete"))
                .body("created_at", equalTo("2026-01-02T03:00:00.123456Z"))
                .body("completed_at", equalTo("2026-01-02T03:04:05.900000Z"))
                .body("sources.status", contains("complete", "complete"))
                .body("sources[0].filters.a", equalTo(1))
                .body(containsString("\"filters\":{\"a\":1,\"b, c\":\"d: \\\"e\\\", f\",\"list\":[1,2]}"));
        api.status(PARTIAL.asUser())
                .then()
                .body("sources.status", containsInAnyOrder("complete", "failed"))
                .body("sources.find { it.status == 'failed' }.message", equalTo("no such thing"))
                .body("sources.find { it.status == 'failed' }.error", equalTo(404));
        api.status(FAILED.asUser()).then().body("status", equalTo("failed")).body("completed_at", nullValue());
        api.download(FAILED.asUser()).then().statusCode(400);
    }

    @Test
    void aPendingExportContinues() {
        Api.Export export = PENDING.asUser();
        api.download(export).then().statusCode(400);
        api.upload(export, 0, "[1]").then().statusCode(202);
        assertThat(Archive.of(api.download(export)).text(PENDING.source(0) + ".json"))
                .isEqualTo("[1]");
    }

    @Test
    void aRunningExportContinuesWithTheResultsOfTheFormerService() {
        Api.Export export = RUNNING.asUser();
        api.upload(export, 0, RUNNING.data(0)).then().statusCode(202);
        for (String other :
                List.of("[1]", "", RUNNING.data(0) + " ", RUNNING.data(0).substring(1))) {
            api.upload(export, 0, other).then().statusCode(410);
        }
        api.upload(export, 1, "[2]").then().statusCode(202);
        api.status(export).then().body("status", equalTo("complete"));
        // Its data is not JSON; the former service did not check that.
        preview(export, 0)
                .then()
                .statusCode(400)
                .body("message", equalTo("the data of this source has no rows to show"));

        Response download = api.download(export);
        Archive archive = Archive.of(download);
        assertThat(archive.text(RUNNING.source(0) + ".json")).isEqualTo(RUNNING.data(0));
        assertThat(archive.text(RUNNING.source(1) + ".json")).isEqualTo("[2]");
        assertThat(archive.text(RUNNING.source(2) + ".json")).isEqualTo(RUNNING.data(2));
        assertThat(archive.manifest().path("file_meta")).hasSize(3);
        assertThat(api.download(export).asByteArray()).isEqualTo(download.asByteArray());

        // Adopted only once; the former object is deleted with the export at the latest.
        assertThat(new Bucket(s3).objects(export)).hasSize(5);
        api.delete(export).then().statusCode(200);
        await().until(() -> new Bucket(s3).objects(export).isEmpty());
    }

    @Test
    void aZipOfTheFormerServiceHasNoPreview() {
        preview(COMPLETE.asUser(), 0)
                .then()
                .statusCode(400)
                .body(
                        "message",
                        equalTo("'%s' was made by an earlier service and can be downloaded only"
                                .formatted(COMPLETE.id())));
    }

    private Response preview(Api.Export export, int source) {
        return api.as(export.identity())
                .get("%s/%s/sources/%s/preview"
                        .formatted(Api.EXPORTS, export.id(), export.sources().get(source)));
    }

    @Test
    void concurrentFirstDownloadsAreTheSame() {
        Export finished = UNFINISHED;
        routes.sendBody("direct:finishFormerExports", null);
        api.status(finished.asUser()).then().body("status", equalTo("partial"));
        List<byte[]> downloads = Together.call(
                () -> api.download(finished.asUser()).asByteArray(),
                () -> api.download(finished.asUser()).asByteArray());
        assertThat(downloads.getFirst()).isEqualTo(downloads.getLast());
        Archive archive = Archive.of(downloads.getFirst());
        assertThat(archive.text(finished.source(0) + ".json")).isEqualTo(finished.data(0));
        assertThat(archive.manifest().at("/failed_files/0/error/code").asText()).isEqualTo("404");
    }

    @Test
    void anExportWithResultsFromBothServicesIsComposedHere() {
        Api.Export export = RESULTS_AT_BOTH.asUser();
        api.upload(export, 0, "[1]").then().statusCode(202);
        // A replica of the former service receives the last result and zips what it finds below the export's prefix.
        FormerDeployment former = new FormerDeployment(database);
        Export answered = Export.of("results at both", "complete", "complete", "complete");
        database.sql("delete from sources where id = :id")
                .param("id", RESULTS_AT_BOTH.source(1))
                .update();
        database.sql("update export_payloads set status = 'complete', s3_key = :key where id = :id")
                .param("key", answered.zipKey())
                .param("id", answered.id())
                .update();
        former.holdSource(s3, answered, 1);

        Archive archive = Archive.of(api.download(export));
        assertThat(archive.text(answered.source(0) + ".json")).isEqualTo("[1]");
        assertThat(archive.text(answered.source(1) + ".json")).isEqualTo(answered.data(1));
    }

    @Test
    void deletingAnExportDeletesTheZipAndItsParts() {
        assertThat(new Bucket(s3).objects(DELETED.asUser())).hasSize(2);
        api.delete(DELETED.asUser()).then().statusCode(200);
        await().until(() -> new Bucket(s3).objects(DELETED.asUser()).isEmpty());
    }

    @Test
    void anExpiredExportIsGoneAlthoughTheFormerServiceShowedIt() {
        api.status(EXPIRED.asUser()).then().statusCode(404);
        api.download(EXPIRED.asUser()).then().statusCode(404);
        await().until(() -> new Bucket(s3).objects(EXPIRED.asUser()).isEmpty());
        assertThat(database.sql("select count(*) from export_payloads where id = :id")
                        .param("id", EXPIRED.id())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void anExportBelongsToItsAccountOrToNone() {
        api.download(WITHOUT_ACCOUNT.asUser()).then().statusCode(200);
        api.download(OF_AN_ACCOUNT.asUser()).then().statusCode(404);
        String owner = Api.base64("""
                {"identity":{"account_number":"540155","org_id":"former-org","type":"User","user":{"username":"alice"}}}""");
        api.list(owner, "").then().body("data.name", contains("of an account"));
        api.as(owner).get(Api.EXPORTS + "/" + OF_AN_ACCOUNT.id()).then().statusCode(200);
    }

    @Test
    void theListShowsWhatTheFormerServiceHasStored() {
        api.list(Api.identity(FormerDeployment.ORG, FormerDeployment.USER), "?status=failed&application=exampleApp")
                .then()
                .body("data.name", contains("failed"));
    }

    @Test
    void theListCountsEarlierAndLaterExportsOfTheFormerService() {
        Counts counts = new Counts(api, Api.identity(FormerDeployment.ORG, FormerDeployment.USER));
        counts.requireExact();
        int before = counts.all();
        assertThat(before).isPositive();

        FormerDeployment former = new FormerDeployment(database);
        Export created = Export.of("created meanwhile", "pending", "pending", "pending");
        former.hold(s3, created);
        counts.requireExact();
        assertThat(counts.all()).isEqualTo(before + 1);

        // As it records a result: it writes all columns of the export, and all its sources again.
        database.sql("update export_payloads set status = 'running', name = name, updated_at = now() where id = :id")
                .param("id", created.id())
                .update();
        database.sql("""
                        insert into sources (id, export_payload_id, application, status, resource)
                        select id, export_payload_id, application, status, resource from sources
                        where export_payload_id = :id
                        on conflict (id) do update set export_payload_id = excluded.export_payload_id""").param("id", created.id()).update();
        database.sql("""
                        insert into sources (id, export_payload_id, application, status, resource)
                        select gen_random_uuid(), :id, application, 'pending', 'more'
                        from unnest(array['unknown', 'exampleApp', 'unknown', 'other']) application""").param("id", created.id()).update();
        counts.requireExact();
        assertThat(api.list(counts.identity(), "?status=running&application=unknown")
                        .<Integer>path("meta.count"))
                .isOne();

        database.sql("delete from sources where application in ('unknown', 'other') and export_payload_id = :id")
                .param("id", created.id())
                .update();
        counts.requireExact();
        assertThat(api.list(counts.identity(), "?application=unknown").<Integer>path("meta.count"))
                .isZero();

        database.sql("delete from export_payloads where id = :id")
                .param("id", created.id())
                .update();
        counts.requireExact();
        assertThat(counts.all()).isEqualTo(before);
    }

    @Test
    void aSourceThatAFormerReplicaCreatesHasADeadline() {
        Export created = Export.of("created later", "pending", "pending", "complete");
        new FormerDeployment(database).hold(s3, created);
        assertThat(database.sql("""
                                update awaiting_response set due = now()
                                where source_id in (:sources) and due between now() + interval '23 hours' and now() + interval '1 day'
                                returning source_id""")
                        .param("sources", List.of(created.source(0), created.source(1)))
                        .query(UUID.class)
                        .list())
                .containsExactly(created.source(0));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> api.status(created.asUser())
                        .then()
                        .body("status", equalTo("partial"))
                        .body("sources.find { it.status == 'failed' }.error", equalTo(504)));
    }

    @Test
    void theMigrationRecordOfTheFormerServiceIsUnchanged() {
        assertThat(database.sql("select version || ' ' || dirty from schema_migrations")
                        .query(String.class)
                        .list())
                .containsExactly("2 false");
    }
}

package com.redhat.cloud.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.s3.S3Client;

/** What is deleted or has expired is gone, rows and bytes. */
@ServiceTest
class ExpiryTests {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Autowired
    private Api api;

    @Autowired
    private JdbcClient database;

    private Bucket bucket;

    @Autowired
    void bucket(S3Client client) {
        bucket = new Bucket(client);
    }

    private static String expiring(Duration after) {
        return """
                {"format":"json","expires_at":"%s","sources":[
                {"application":"exampleApp","resource":"exampleResource"}]}""".formatted(Instant.now().plus(after));
    }

    @Test
    void anExpiredExportIsGoneFromTheSecondOnAndErasedSoonAfter() {
        Instant expires = Instant.now().plus(Duration.ofSeconds(3));
        Api.Export export = api.create(Api.someone(), expiring(Duration.between(Instant.now(), expires)));
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.download(export).then().statusCode(200);
        assertThat(bucket.objects(export)).hasSize(1);

        await().until(() -> Instant.now().isAfter(expires));

        api.status(export).then().statusCode(404);
        api.download(export).then().statusCode(404);
        api.delete(export).then().statusCode(404);
        api.list(export.identity(), "").then().body("meta.count", equalTo(0));
        await().atMost(SOON)
                .until(() -> rows(export) == 0 && bucket.objects(export).isEmpty());
    }

    @Test
    void aPastTimeIsAcceptedAndOver() {
        Api.Export export = api.create(Api.someone(), expiring(Duration.ofDays(-1)));

        api.status(export).then().statusCode(404);
        api.upload(export, 0, "[1]").then().statusCode(404);
    }

    @Test
    void aDeletedExportIsErased() {
        Api.Export export = api.create("json", 2);
        api.upload(export, 0, "[1]").then().statusCode(202);
        assertThat(bucket.objects(export)).hasSize(1);

        api.delete(export).then().statusCode(200).body(equalTo(""));

        api.status(export).then().statusCode(404);
        api.upload(export, 1, "[2]").then().statusCode(404).body("message", containsString("not found"));
        await().atMost(SOON)
                .until(() -> rows(export) == 0 && bucket.objects(export).isEmpty());
    }

    @Test
    void aSourceMayExpireBeforeItsExport() {
        String body = """
                {"format":"json","sources":[
                {"application":"exampleApp","resource":"exampleResource","expires":"%1$s"},
                {"application":"exampleApp","resource":"anotherExampleResource","expires":"%1$s"},
                {"application":"exampleApp","resource":"exampleResource"}]}""".formatted(Instant.now().plusSeconds(4));
        Api.Export export = api.create(Api.someone(), body);
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.upload(export, 2, "[3]").then().statusCode(202);

        await().atMost(SOON).untilAsserted(() -> api.status(export).then().body("status", equalTo("partial")));

        api.status(export)
                .then()
                .body("sources[1].status", equalTo("failed"))
                .body("sources[1].error", equalTo(410))
                .body("sources[2].status", equalTo("complete"));
        api.upload(export, 1, "[2]").then().statusCode(410);
        Archive archive = Archive.of(api.download(export));
        assertThat(archive.files().keySet())
                .containsExactly(export.sources().get(2) + ".json", "meta.json", "README.md");
        assertThat(archive.manifest().at("/failed_files/0/error/code").textValue())
                .isEqualTo("410");
        await().atMost(SOON).until(() -> bucket.objects(export).size() == 1);
    }

    private int rows(Api.Export export) {
        return database.sql("select count(*) from export_payloads where id = ?")
                .param(UUID.fromString(export.id()))
                .query(Integer.class)
                .single();
    }
}

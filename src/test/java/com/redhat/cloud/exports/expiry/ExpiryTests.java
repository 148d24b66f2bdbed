package com.redhat.cloud.exports.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.platform.database.SqlFile;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.Bucket;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Expired and deleted exports are gone: at once for clients, and soon from the database and the bucket. */
@ServiceTest
class ExpiryTests {

    @Autowired
    Api api;

    @Autowired
    S3Client s3;

    @Autowired
    JdbcClient database;

    private static String source(String more) {
        return "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\"" + more + "}";
    }

    @Test
    void anExportIsNotFoundOnceItHasExpired() {
        Instant expires = Instant.now().plusSeconds(2);
        Api.Export export = api.create(
                Api.someone(),
                Api.request("json", 2).replace("{\"name\"", "{\"expires_at\":\"" + expires + "\",\"name\""));
        api.upload(export, 0, "[1]").then().statusCode(202);
        assertThat(new Bucket(s3).objects(export)).hasSize(1);

        await().pollInterval(Duration.ofMillis(20))
                .until(() -> api.status(export).statusCode() == 404);
        assertThat(Instant.now()).isAfterOrEqualTo(expires);
        api.download(export).then().statusCode(404);
        api.delete(export).then().statusCode(404);
        api.upload(export, 0, "[1]").then().statusCode(404);
        api.upload(export, 1, "[1]").then().statusCode(404);
        api.error(export, 1, "{\"message\":\"no\",\"error\":1}").then().statusCode(404);
        api.list(export.identity(), "").then().body("meta.count", equalTo(0));
        requireNothingLeft(export);
    }

    @Test
    void aSourceThatExpiresFirstIsNoLongerInTheArchive() {
        Instant expires = Instant.now().plusSeconds(3);
        Api.Export export = api.create(
                Api.someone(), Api.request("json", source("") + "," + source(",\"expires\":\"" + expires + "\"")));
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.upload(export, 1, "[2]").then().statusCode(202);
        String etag = api.download(export).header("ETag");
        assertThat(new Bucket(s3).objects(export)).hasSize(2);

        await().until(() -> new Bucket(s3).objects(export).size() == 1);
        assertThat(Instant.now()).isAfterOrEqualTo(expires);
        Archive archive = Archive.of(api.download(export));
        assertThat(archive.files().keySet())
                .containsExactly(export.sources().getFirst() + ".json", "meta.json", "README.md");
        assertThat(archive.manifest().at("/failed_files/0/filename").asText())
                .isEqualTo(export.sources().getLast() + ".json");
        assertThat(archive.manifest().at("/failed_files/0/error/code").asText()).isEqualTo("410");
        assertThat(api.download(export).header("ETag")).isNotEqualTo(etag);
    }

    @Test
    void aSourceThatExpiresWithoutAResultFailsAndFinishesTheExport() {
        Instant expires = Instant.now().plusSeconds(2);
        Api.Export export = api.create(
                Api.someone(), Api.request("json", source("") + "," + source(",\"expires\":\"" + expires + "\"")));
        api.upload(export, 0, "[1]").then().statusCode(202);
        await().pollInterval(Duration.ofMillis(20)).until(() -> Instant.now().isAfter(expires));
        api.upload(export, 1, "[1]").then().statusCode(410);
        await().untilAsserted(() -> api.status(export)
                .then()
                .body("status", equalTo("partial"))
                .body("sources[1].status", equalTo("failed"))
                .body("sources[1].error", equalTo(410))
                .body("sources[1].message", equalTo("the application did not answer before the data would expire")));
    }

    @Test
    void aDeletedExportIsGoneFromTheBucket() {
        Api.Export export = api.create("json", 3);
        api.upload(export, 0, "[1]").then().statusCode(202);
        api.upload(export, 1, "[2]").then().statusCode(202);
        assertThat(new Bucket(s3).objects(export)).hasSize(2);
        api.delete(export).then().statusCode(200).body(equalTo(""));
        api.delete(export).then().statusCode(404);
        api.download(export).then().statusCode(404);
        api.upload(export, 2, "[3]").then().statusCode(404);
        requireNothingLeft(export);
    }

    /** After many rounds of deletion. */
    @Test
    void deliveredDataStays() {
        Api.Export kept = api.create("json", 1);
        api.upload(kept, 0, "[").then().statusCode(422);
        api.upload(kept, 0, "[1]").then().statusCode(202);
        for (int round = 0; round < 3; round++) {
            Api.Export deleted = api.create("json", 1);
            api.upload(deleted, 0, "[1]").then().statusCode(202);
            api.delete(deleted).then().statusCode(200);
            requireNothingLeft(deleted);
        }
        assertThat(Archive.of(api.download(kept)).text(kept.sources().getFirst() + ".json"))
                .isEqualTo("[1]");
    }

    /** A crash or an outage of the store costs a delay and nothing else. */
    @Test
    void aDeletionIsPostponedBeforeEachAttemptAndLongerEachTime() {
        String claim = SqlFile.read("expiry/claim-deletions").replace("pending_deletions", "deletions_of_this_test");
        database.sql("create table deletions_of_this_test (like pending_deletions including all)")
                .update();
        try {
            database.sql(
                            "insert into deletions_of_this_test (storage_key, due) values ('a', now()), ('b', now() + '1 h')")
                    .update();
            List<Integer> minutes = new ArrayList<>();
            for (int attempt = 0; attempt < 8; attempt++) {
                assertThat(database.sql(claim).query().listOfRows())
                        .singleElement()
                        .satisfies(row -> assertThat(row.get("storage_key")).isEqualTo("a"));
                assertThat(database.sql(claim).query().listOfRows()).isEmpty();
                minutes.add(database.sql("""
                                select ceil(extract(epoch from due - now()) / 60)::int
                                from deletions_of_this_test where storage_key = 'a'""").query(Integer.class).single());
                database.sql("update deletions_of_this_test set due = now() where storage_key = 'a'")
                        .update();
            }
            assertThat(minutes).containsExactly(1, 2, 4, 8, 16, 32, 60, 60);
        } finally {
            database.sql("drop table deletions_of_this_test").update();
        }
    }

    private void requireNothingLeft(Api.Export export) {
        await().until(() -> new Bucket(s3).objects(export).isEmpty()
                && count("export_payloads where id::text", export.id()) == 0
                && count("sources where export_payload_id::text", export.id()) == 0
                && count("pending_deletions where storage_key", "%" + export.id() + "%") == 0
                && count(
                                "outbox where refused is null and source_id::text",
                                export.sources().getFirst())
                        == 0);
    }

    private int count(String what, String like) {
        return database.sql("select count(*) from " + what + " like ?")
                .param(like)
                .query(Integer.class)
                .single();
    }
}

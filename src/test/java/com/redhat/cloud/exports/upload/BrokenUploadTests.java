package com.redhat.cloud.exports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.Bucket;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.s3.S3Client;

/** An upload that breaks off leaves the source pending and nothing in the bucket. */
@ServiceTest
class BrokenUploadTests {

    @Autowired
    Api api;

    @Autowired
    S3Client s3;

    @Autowired
    JdbcClient database;

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n", "Transfer-Encoding: chunked\r\n"})
    void aConnectionIsReset(String framing) throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            send(connection.post(export.uploadPath(0), framing), framing);
            awaitAttempt(export);
            connection.reset();
        }
        requireUntouched(export);
    }

    /** The bytes so far are a whole JSON value: only the framing shows that some are missing. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n", "Transfer-Encoding: chunked\r\n"})
    void aClientClosesItsSide(String framing) throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            send(connection.post(export.uploadPath(0), framing), framing);
            awaitAttempt(export);
            assertThat(connection.endOfOutput().rest()).doesNotContain(" 202 ");
        }
        requireUntouched(export);
    }

    @Test
    void aChunkIsMalformed() throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection
                    .post(export.uploadPath(0), "Transfer-Encoding: chunked\r\n")
                    .sendChunk("[1]");
            assertThat(connection.send("zz\r\n").head()).doesNotContain(" 202 ");
        }
        requireUntouched(export);
    }

    private static void send(RawConnection connection, String framing) throws IOException {
        if (framing.startsWith("Transfer-Encoding")) {
            connection.sendChunk("[1]");
        } else {
            connection.send("[1]");
        }
    }

    @Test
    void anAttemptIsAPendingDeletionUntilItSucceeds() throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), "Content-Length: 3\r\n").send("[1");
            awaitAttempt(export);
            assertThat(attempts(export, "due > now() + interval '5 minutes'"))
                    .singleElement()
                    .asString()
                    .matches(".+/%s/%s\\.[0-9a-f]{16}"
                            .formatted(export.id(), export.sources().getFirst()));
            assertThat(connection.send("]").head()).startsWith("HTTP/1.1 202");
        }
        assertThat(attempts(export, "true")).isEmpty();
        assertThat(new Bucket(s3).objects(export)).hasSize(1);
    }

    /** As after a stall longer than the lease. */
    @Test
    void anAttemptWhoseLeaseIsLostIsRefusedAndDeleted() throws IOException {
        Api.Export export = api.create("json", 1);
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), "Content-Length: 3\r\n").send("[1");
            awaitAttempt(export);
            database.sql("update pending_deletions set due = now() where storage_key like ?")
                    .param("%" + export.id() + "%")
                    .update();
            await().until(() -> attempts(export, "true").isEmpty());
            assertThat(connection.send("]").head()).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after:");
        }
        requireUntouched(export);
    }

    /** As after a crash before the store has returned the upload's id. */
    @Test
    void anUploadOfUnknownIdIsAborted() {
        Api.Export export = api.create("json", 1);
        String key = "000123/%s/%s.1".formatted(export.id(), export.sources().getFirst());
        s3.createMultipartUpload(upload -> upload.bucket("exports-bucket").key(key));
        assertThat(new Bucket(s3).unfinishedUploads(export)).hasSize(1);

        database.sql("insert into pending_deletions (storage_key, multipart, due) values (?, true, now())")
                .param(key)
                .update();

        requireUntouched(export);
    }

    private void awaitAttempt(Api.Export export) {
        await().until(() -> attempts(export, "true").size() == 1);
    }

    private List<Object> attempts(Api.Export export, String condition) {
        return database.sql("select storage_key from pending_deletions where storage_key like ? and " + condition)
                .param("%" + export.id() + "%")
                .query()
                .singleColumn();
    }

    private void requireUntouched(Api.Export export) {
        api.status(export).then().body("status", equalTo("pending"));
        await().until(() -> attempts(export, "true").isEmpty());
        Bucket bucket = new Bucket(s3);
        assertThat(bucket.objects(export)).isEmpty();
        assertThat(bucket.unfinishedUploads(export)).isEmpty();

        api.upload(export, 0, "[1]").then().statusCode(202);
        api.status(export).then().body("status", equalTo("complete"));
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".json"))
                .isEqualTo("[1]");
    }
}

package com.redhat.cloud.exports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Caps on concurrent uploads (docs/limits.md). */
@ServiceTest
@TestPropertySource(
        properties = {
            "EXPORT_LIMIT_UPLOADS=4",
            "EXPORT_LIMIT_UPLOADS_PER_APPLICATION=3",
            "EXPORT_LIMIT_UPLOADS_PER_ORGANISATION=2",
            "EXPORT_LIMIT_QUEUE_TIMEOUT=500ms"
        })
class UploadLimitTests {

    private static final String OTHER_SOURCE = "{\"application\":\"subscriptions\",\"resource\":\"instances\"}";

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    /** An application may have three of the four permits. */
    @Test
    void anApplicationLeavesAPermitToOthers() throws IOException {
        List<RawConnection> running = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                running.add(start(api.create("json", 1), 0));
            }
            Api.Export fourth = api.create("json", 1);
            Response refused = api.upload(fourth, 0, "[1]");
            refused.then()
                    .statusCode(429)
                    .contentType("application/json")
                    .header("Retry-After", "10")
                    .body("message", equalTo("too many uploads at the moment"))
                    .body("code", equalTo(429));
            api.status(fourth).then().body("status", equalTo("pending"));

            Api.Export others = api.create(Api.someone(), Api.request("json", OTHER_SOURCE));
            api.application()
                    .body("[1]")
                    .post(Api.INTERNAL + others.id() + "/subscriptions/"
                            + others.sources().getFirst() + "/upload")
                    .then()
                    .statusCode(202);

            assertThat(running.getFirst().send("]").head()).startsWith("HTTP/1.1 202");
            api.upload(fourth, 0, "[1]").then().statusCode(202);
        } finally {
            for (RawConnection connection : running) {
                connection.close();
            }
        }
    }

    /** An organisation may have two of the application's three. */
    @Test
    void anOrganisationLeavesAPermitToOthers() throws IOException {
        Api.Export mine = api.create("json", 3);
        try (RawConnection first = start(mine, 0);
                RawConnection second = start(mine, 1)) {
            api.upload(mine, 2, "[1]").then().statusCode(429);
            api.upload(api.create("json", 1), 0, "[1]").then().statusCode(202);
            assertThat(first.send("]").head()).startsWith("HTTP/1.1 202");
            api.upload(mine, 2, "[1]").then().statusCode(202);
            assertThat(second.send("]").head()).startsWith("HTTP/1.1 202");
        }
    }

    private RawConnection start(Api.Export export, int source) throws IOException {
        long running = uploads(export);
        RawConnection connection = new RawConnection(api.internalPort)
                .post(export.uploadPath(source), "Content-Length: 2\r\n")
                .send("[");
        await().until(() -> uploads(export) == running + 1);
        return connection;
    }

    private long uploads(Api.Export export) {
        return database.sql("select count(*) from pending_deletions where storage_key like ?")
                .param("%" + export.id() + "%")
                .query(Long.class)
                .single();
    }
}

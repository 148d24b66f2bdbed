package com.redhat.cloud.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** How many uploads go on at a time, and what one more sees (docs/limits.md). */
@ServiceTest
@TestPropertySource(
        properties = {"EXPORT_LIMIT_UPLOADS=3", "EXPORT_LIMIT_UPLOADS_OF_ONE=2", "EXPORT_LIMIT_PATIENCE=500ms"})
class UploadPlacesTests {

    private static final String OTHER_SOURCE = "{\"application\":\"subscriptions\",\"resource\":\"instances\"}";

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    /** Two of three places are for one application; the third is left to the others. */
    @Test
    void anApplicationLeavesAPlaceToTheOthers() throws IOException {
        List<RawConnection> running = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                running.add(start(api.create("json", 1)));
            }
            Api.Export third = api.create("json", 1);
            Response refused = api.upload(third, 0, "[1]");
            refused.then()
                    .statusCode(429)
                    .contentType("application/json")
                    .header("Retry-After", "10")
                    .body("message", equalTo("too many uploads at the moment"))
                    .body("code", equalTo(429));
            api.status(third).then().body("status", equalTo("pending"));

            Api.Export others = api.create(Api.someone(), Api.request("json", OTHER_SOURCE));
            api.application()
                    .body("[1]")
                    .post(Api.INTERNAL + others.id() + "/subscriptions/"
                            + others.sources().getFirst() + "/upload")
                    .then()
                    .statusCode(202);

            assertThat(running.getFirst().send("]").head()).startsWith("HTTP/1.1 202");
            api.upload(third, 0, "[1]").then().statusCode(202);
        } finally {
            for (RawConnection connection : running) {
                connection.close();
            }
        }
    }

    private RawConnection start(Api.Export export) throws IOException {
        RawConnection connection = new RawConnection(api.internalPort)
                .post(export.uploadPath(0), "Content-Length: 2\r\n")
                .send("[");
        await().until(() -> database.sql("select count(*) from erasures where storage_key like ?")
                        .param("%" + export.id() + "%")
                        .query(Long.class)
                        .single()
                == 1);
        return connection;
    }
}

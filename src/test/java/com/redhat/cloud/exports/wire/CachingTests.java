package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.RawConnection;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What caches may do with answers (RFC 9111): a shared cache stores none, and a client's own cache asks each time. */
@ServiceTest
class CachingTests {

    private static final String NOBODY = "/00000000-0000-0000-0000-000000000000";

    @Autowired
    Api api;

    @Test
    void noAnswerIsForSharedCaches() throws IOException {
        Api.Export export = api.create("json", 2);
        String path = Api.EXPORTS + "/" + export.id();
        String source = path + "/sources/" + export.sources().getFirst() + "/preview";
        Set<Integer> statuses = new TreeSet<>();
        for (Response response : List.of(
                api.status(export),
                api.list(export.identity(), ""),
                api.list(export.identity(), "?limit=x"),
                api.download(export),
                api.as("x").get(Api.EXPORTS),
                api.anyone(api.publicPort).get(path),
                api.as(export.identity()).header("x-rh-exports-psk", "wrong").get(Api.EXPORTS),
                api.as(Api.someone()).get(path + "/status"),
                api.as(Api.someone()).get(path),
                api.as(export.identity()).get(Api.EXPORTS + NOBODY),
                api.as(export.identity()).get("/api/export/v1/ping"),
                api.as(export.identity()).get("/nowhere"),
                api.as(export.identity()).put(path),
                api.post(export.identity(), "{"),
                api.post(export.identity(), Api.request("json", 1)),
                api.upload(export, 0, "{"),
                api.upload(export, 0, "[1]"),
                api.upload(export, 0, "[2]"),
                api.upload(export, 1, "[\"%s\"]".formatted("x".repeat(1024 * 1024))),
                api.application().get("/app/export/v1/ping"),
                api.anyone(api.internalPort).get("/app/export/v1/ping"),
                api.status(export),
                api.download(export),
                api.as(export.identity()).get(source),
                api.as(export.identity()).head(path),
                api.as(export.identity()).header("Range", "bytes=0-9").get(path),
                api.as(export.identity()).header("Range", "bytes=99999999-").get(path),
                api.as(export.identity()).header("If-None-Match", "*").get(path),
                api.as(export.identity()).header("If-None-Match", "*").get(path + "/status"),
                api.as(export.identity()).header("If-Match", "\"x\"").get(path),
                api.delete(export),
                api.delete(export))) {
            statuses.add(response.statusCode());
            if (response.header("ETag") != null && response.statusCode() < 400) {
                assertThat(response.header("Cache-Control")).isEqualTo("private, no-cache");
                assertThat(response.header("Vary")).contains("x-rh-identity");
            } else {
                assertThat(response.header("Cache-Control"))
                        .as(response.statusLine())
                        .isEqualTo("no-store");
            }
        }
        assertThat(statuses).containsExactly(200, 202, 206, 304, 400, 401, 404, 405, 410, 412, 413, 416, 422);
        try (RawConnection connection = new RawConnection(api.publicPort)) {
            assertThat(connection.send("GET /a[b] HTTP/1.1\r\nHost: x\r\n\r\n").rest())
                    .contains("\r\nCache-Control: no-store\r\n");
        }
    }

    @Test
    void aStatusThatHasNotChangedIsNotSentAgain() {
        Api.Export export = api.create("json", 1);
        String path = Api.EXPORTS + "/" + export.id() + "/status";
        String before = api.status(export).header("ETag");
        assertThat(before).matches("\"[0-9a-f]{32}\"");
        Response same =
                api.as(export.identity()).header("If-None-Match", before).get(path);
        same.then().statusCode(304).header("ETag", before);
        assertThat(same.asByteArray()).isEmpty();
        api.as(export.identity())
                .header("If-None-Match", "W/" + before)
                .head(path)
                .then()
                .statusCode(304);

        api.upload(export, 0, "[1]").then().statusCode(202);
        api.as(export.identity())
                .header("If-None-Match", before)
                .get(path)
                .then()
                .statusCode(200)
                .header("ETag", not(before))
                .body("status", equalTo("complete"));
        api.as(export.identity())
                .header("If-Match", before)
                .get(path)
                .then()
                .statusCode(412)
                .body("code", equalTo(412));
    }

    @Test
    void aListThatHasNotChangedIsNotSentAgain() {
        String identity = Api.someone();
        api.create(identity, Api.request("json", 1));
        String before = api.list(identity, "").header("ETag");
        assertThat(api.as(identity).head(Api.EXPORTS).header("ETag")).isEqualTo(before);
        api.as(identity).header("If-None-Match", before).get(Api.EXPORTS).then().statusCode(304);
        api.create(identity, Api.request("json", 1));
        api.as(identity)
                .header("If-None-Match", before)
                .get(Api.EXPORTS)
                .then()
                .statusCode(200)
                .body("meta.count", equalTo(2));
    }

    /** A tag is of one answer and not of a request that is refused. */
    @Test
    void conditionsDoNotChangeARefusal() {
        for (String header : List.of("If-None-Match", "If-Match")) {
            api.as(Api.someone())
                    .header(header, "*")
                    .get(Api.EXPORTS + NOBODY + "/status")
                    .then()
                    .statusCode(404);
            api.as("x").header(header, "\"x\"").get(Api.EXPORTS).then().statusCode(400);
        }
    }
}

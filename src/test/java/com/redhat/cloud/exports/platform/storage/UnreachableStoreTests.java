package com.redhat.cloud.exports.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.LargePost;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.TestServers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestPropertySource;

/**
 * Without an object store an upload fails with 503 and changes nothing, and the rest goes on (contract section 5). Here
 * pre-shared keys are not checked, so that this setting is covered too.
 */
@ServiceTest
@TestPropertySource(
        properties = {
            "DISABLE_SERVICE_TO_SERVICE_PSK_AUTH=true",
            "MAX_PAYLOAD_SIZE=64",
            // The services of other tests share the database: this one must not put off their deletions.
            "EXPORT_DELETION_PERIOD=1h"
        })
@ContextConfiguration(initializers = UnreachableStoreTests.NoStore.class)
class UnreachableStoreTests {

    @Autowired
    Api api;

    static final class NoStore extends TestServers.Initializer {

        @Override
        protected Map<String, String> settings() {
            return Map.of("MINIO_PORT", "1");
        }
    }

    @Test
    void anUploadIsUnavailableAndItsSourceStaysPending() {
        Api.Export export = api.create("json", 1);
        for (int attempt = 0; attempt < 2; attempt++) {
            api.anyone(api.internalPort)
                    .body("[1]")
                    .post(export.uploadPath(0))
                    .then()
                    .statusCode(503)
                    .contentType("application/json")
                    .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                    .body("message", equalTo("the object store cannot store at the moment"))
                    .body("code", equalTo(503));
        }
        api.status(export)
                .then()
                .statusCode(200)
                .body("sources[0].status", equalTo("pending"))
                .body("sources[0].message", nullValue());
    }

    @Test
    void aClientThatIsStillSendingGetsTheAnswer() throws Exception {
        Api.Export export = api.create("json", 1);
        var request = new LargePost.Request(api.internalPort, export.uploadPath(0), Map.of());
        // Does not deflate to less than a part, which the store refuses long before the end.
        byte[] body = ("\""
                        + new Random(7)
                                .ints(24 * 1024 * 1024, 'a', 'z' + 1)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        + "\"")
                .getBytes(StandardCharsets.US_ASCII);
        assertThat(LargePost.send(() -> request, body, 1))
                .extracting(HttpResponse::statusCode)
                .containsOnly(503);
    }

    @Test
    void requestsThatNeedNoStoreSucceed() {
        Api.Export export = api.create("json", 1);
        api.list(export.identity(), "").then().statusCode(200).body("data.id", hasItem(export.id()));
        api.anyone(api.internalPort)
                .body("{\"message\":\"no data\",\"error\":7}")
                .post(export.errorPath(0))
                .then()
                .statusCode(202);
        api.status(export).then().body("status", equalTo("failed"));
        api.delete(export).then().statusCode(200);
        api.anyone(api.managementPort).get("/readyz").then().statusCode(200);
    }

    @Test
    void healthIsDegradedAndThePodStaysReady() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> api.anyone(api.managementPort)
                        .get("/health/degraded")
                        .then()
                        .statusCode(200)
                        .body("status", equalTo("DEGRADED"))
                        .body("components.objectStore.status", equalTo("DEGRADED"))
                        .body("components.objectStore.details.since", matchesPattern("20.*Z"))
                        .body("components.objectStore.details.reason", equalTo("it does not answer")));
        api.anyone(api.managementPort).get("/health").then().statusCode(200).body("status", equalTo("DEGRADED"));
        api.anyone(api.managementPort).get("/readyz").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void anUnknownKeyIsNotChecked() {
        Api.Export export = api.create("json", 1);
        api.anyone(api.internalPort)
                .header("x-rh-exports-psk", "nobody's")
                .body("{\"message\":\"no data\",\"error\":7}")
                .post(export.errorPath(0))
                .then()
                .statusCode(202);
    }
}

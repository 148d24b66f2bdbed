package com.redhat.cloud.exports.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.OtherSettingsTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An export with a past expiry lives for the minimum life, here six seconds. */
@OtherSettingsTest
class MinimumLifeTests {

    private static final String PAST = "2022-01-01T00:00:00Z";

    @Autowired
    Api api;

    @Test
    void anExportLivesUntilTheTimeInTheResponse() {
        String identity = Api.someone();
        Response created = api.post(identity, PastExpiryTests.request(PAST, PAST));
        created.then().statusCode(202);
        Instant expires = Instant.parse(created.path("expires_at"));
        assertThat(expires).isEqualTo(Instant.parse(created.path("created_at")).plusSeconds(6));
        Api.Export export = new Api.Export(identity, created.path("id"), created.path("sources.id"));
        api.upload(export, 0, "[1]").then().statusCode(202);
        assertThat(Archive.of(api.download(export)).files())
                .containsKey(export.sources().getFirst() + ".json");

        await().pollInterval(Duration.ofMillis(20))
                .until(() -> api.status(export).statusCode() == 404);
        assertThat(Instant.now()).isAfterOrEqualTo(expires);
        api.download(export).then().statusCode(404);
    }

    @Test
    void theDataOfASourceExpiresBeforeItsExport() {
        Api.Export export = api.create(
                Api.someone(),
                PastExpiryTests.request(Instant.now().plusSeconds(600).toString(), PAST));
        await().untilAsserted(() -> api.status(export)
                .then()
                .statusCode(200)
                .body("status", equalTo("failed"))
                .body("sources[0].error", equalTo(410)));
    }
}

package com.redhat.cloud.exports.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.RequestTopic;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A request with a past expiry is accepted; its export lives for an hour. */
@ServiceTest
class PastExpiryTests {

    private static final Duration MINIMUM = Duration.ofHours(1);

    @Autowired
    Api api;

    private final String identity = Api.someone();

    /** Old samples, the ends of the calendar, all forms of timestamps, and clocks that are slightly behind. */
    static Stream<String> past() {
        return Stream.of(
                "2022-01-01T00:00:00Z",
                "1970-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "2022-01-01t00:00:00.123456789z",
                "2022-01-01T00:00:00.5-23:59",
                "2022-01-01T00:00:00+05:30",
                Instant.now().minusSeconds(3600).toString(),
                Instant.now().minusMillis(1).toString());
    }

    @ParameterizedTest
    @MethodSource("past")
    void anExportLivesForTheMinimumAndEveryResponseSaysSo(String past) {
        Response created = api.post(identity, request(past, ""));
        created.then().statusCode(202).body("status", equalTo("pending"));
        String expires = created.path("expires_at");
        assertThat(Duration.between(Instant.parse(created.path("created_at")), Instant.parse(expires)))
                .isEqualTo(MINIMUM);

        Api.Export export = new Api.Export(identity, created.path("id"), created.path("sources.id"));
        api.status(export).then().statusCode(200).body("expires_at", equalTo(expires));
        api.list(identity, "?expires_at=" + expires)
                .then()
                .body("data.id", contains(export.id()))
                .body("data.expires_at", contains(expires));
        api.list(identity, "?expires_at=2022-01-01").then().body("meta.count", equalTo(0));
        try (RequestTopic topic = new RequestTopic()) {
            assertThat(topic.of(export.sources())).hasSize(1);
        }
        api.upload(export, 0, "[1]").then().statusCode(202);
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".json"))
                .isEqualTo("[1]");
    }

    @ParameterizedTest
    @MethodSource("past")
    void theDataOfASourceLivesForTheMinimum(String past) {
        for (String ofExport : List.of("2100-01-01T00:00:00Z", past)) {
            Api.Export export = api.create(identity, request(ofExport, past));
            api.upload(export, 0, "[1]").then().statusCode(202);
            api.status(export).then().body("status", equalTo("complete"));
            assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".json"))
                    .isEqualTo("[1]");
        }
    }

    @Test
    void aFutureTimeHoldsHoweverNear() {
        for (Duration ahead : List.of(Duration.ofSeconds(30), Duration.ofMinutes(59), Duration.ofDays(10_000))) {
            Instant asked = Instant.ofEpochSecond(Instant.now().plus(ahead).getEpochSecond());
            Response created = api.post(identity, request(asked.toString(), ""));
            assertThat(Instant.parse(created.path("expires_at"))).isEqualTo(asked);
        }
    }

    /** The expiry of the first response holds; a repetition does not restart it. */
    @Test
    void aRepeatedRequestWithAnIdempotencyKeyDoesNotProlongTheExport() {
        String key = UUID.randomUUID().toString();
        String request = request("2022-01-01T00:00:00Z", "2022-01-01T00:00:00Z");
        Response first = withKey(key, request);
        first.then().statusCode(202);
        for (int repeat = 0; repeat < 2; repeat++) {
            withKey(key, request)
                    .then()
                    .statusCode(202)
                    .body("id", equalTo(first.path("id")))
                    .body("expires_at", equalTo(first.path("expires_at")));
        }
        api.list(identity, "").then().body("meta.count", equalTo(1));
    }

    private Response withKey(String key, String request) {
        return api.as(identity)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(request)
                .post(Api.EXPORTS);
    }

    /** @param ofSource empty for a source without an expiry */
    static String request(String ofExport, String ofSource) {
        return """
                {"expires_at":"%s","format":"json","sources":[
                 {"application":"exampleApp","resource":"exampleResource"%s}]}""".formatted(ofExport, ofSource.isEmpty() ? "" : ",\"expires\":\"" + ofSource + "\"");
    }
}

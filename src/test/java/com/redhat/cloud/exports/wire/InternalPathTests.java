package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The forms in which callers send paths (contract section 5). */
@ServiceTest
class InternalPathTests {

    private static final String REQUEST = Api.request("json", """
            {"application":"urn:redhat:application:inventory","resource":"urn:redhat:application:inventory:export:systems"}""");

    @Autowired
    Api api;

    static Stream<String> paths() {
        return Stream.of("/app/export/v1", "/internal/export/v1")
                .flatMap(base -> Stream.of(
                                "urn:redhat:application:inventory",
                                "urn%3Aredhat%3Aapplication%3Ainventory",
                                "urn%253Aredhat%253aapplication%253Ainventory")
                        .flatMap(application -> Stream.of(
                                base + "/{export}/" + application + "/{source}/{verb}",
                                base + "/{verb}/{export}/" + application + "/{source}",
                                base + "/{export}/" + application + "/{source}/{verb}/",
                                base + "/{verb}/{export}/" + application + "/{source}/")));
    }

    private static String path(String form, Api.Export export, String verb) {
        return form.replace("{export}", export.id())
                .replace("{source}", export.sources().getFirst())
                .replace("{verb}", verb);
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyFormAcceptsAnUpload(String form) {
        Api.Export export = api.create(Api.someone(), REQUEST);
        api.application()
                .body("[]")
                .post(path(form, export, "upload"))
                .then()
                .statusCode(202)
                .body(equalTo("payload delivered"));
        api.status(export).then().body("status", equalTo("complete"));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void everyFormAcceptsAnError(String form) {
        Api.Export export = api.create(Api.someone(), REQUEST);
        api.application()
                .body("{\"message\":\"no\",\"error\":1}")
                .post(path(form, export, "error"))
                .then()
                .statusCode(202)
                .body(equalTo(""));
        api.status(export).then().body("status", equalTo("failed"));
    }

    @Test
    void idsMayBeInUpperCase() {
        Api.Export export = api.create("json", 1);
        Api.Export upperCase = new Api.Export(
                export.identity(),
                export.id().toUpperCase(Locale.ROOT),
                List.of(export.sources().getFirst().toUpperCase(Locale.ROOT)));
        api.upload(upperCase, 0, "1").then().statusCode(202);
        api.status(export).then().body("status", equalTo("complete"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-2-3-4-5", "x", "0b069353-6ace-4403-8162-3a8afe7ac05", "%20"})
    void theAnswerNamesAnInvalidUuid(String id) {
        String shown = id.equals("%20") ? " " : id;
        for (String verb : List.of("upload", "error")) {
            String body = "{\"message\":\"no\",\"error\":1}";
            Api.Export export = api.create("json", 1);
            api.application()
                    .body(body)
                    .post(Api.INTERNAL + id + "/exampleApp/" + export.sources().getFirst() + "/" + verb)
                    .then()
                    .statusCode(400)
                    .body("message", equalTo("'" + shown + "' is not a valid export UUID"))
                    .body("code", equalTo(400));
            api.application()
                    .body(body)
                    .post(Api.INTERNAL + export.id() + "/exampleApp/" + id + "/" + verb)
                    .then()
                    .statusCode(400)
                    .body("message", equalTo("'" + shown + "' is not a valid resource UUID"));
        }
    }

    @Test
    void thePublicPortHasNoInternalPaths() {
        Api.Export export = api.create("json", 1);
        api.anyone(api.publicPort)
                .header("x-rh-exports-psk", Api.KEY)
                .body("1")
                .post(export.uploadPath(0))
                .then()
                .statusCode(404);
        assertThat(api.status(export).<String>path("status")).isEqualTo("pending");
    }
}

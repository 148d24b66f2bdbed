package com.redhat.cloud.exports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** The example of docs/route-files.md, inserted at the marker in the route. */
@ServiceTest
@TestPropertySource(properties = "EXPORT_ROUTES_DIRECTORY=" + OwnStepTests.ROUTES)
class OwnStepTests {

    static final String ROUTES = "target/routes-with-own-step";

    private static final String FILE = "upload.camel.yaml";
    private static final String MARKER = "              # Insert a step of your own here (docs/route-files.md).\n";

    static {
        try {
            String route = Files.readString(Path.of("routes", FILE));
            assertThat(route).containsOnlyOnce(MARKER);
            Files.createDirectories(Path.of(ROUTES));
            Files.writeString(
                    Path.of(ROUTES, FILE), route.replace(MARKER, example().indent(MARKER.indexOf('#'))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Autowired
    Api api;

    private static String example() throws IOException {
        String section = Files.readString(Path.of("docs/route-files.md")).split("## A step of your own", 2)[1];
        return section.split("```yaml\n", 2)[1].split("```", 2)[0];
    }

    @Test
    void aStepOfYourOwnRefusesDataByItsFirstBytes() {
        Api.Export export = api.create("csv", 1);
        api.upload(export, 0, "PK\u0003\u0004,1\n")
                .then()
                .statusCode(422)
                .body("message", equalTo("a zip file is not taken"));
        api.status(export).then().body("status", equalTo("pending"));

        api.upload(export, 0, "PKZIP,1\n").then().statusCode(202);
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".csv"))
                .isEqualTo("PKZIP,1\n");
    }
}

package com.redhat.cloud.exports.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

/** What is said when a start fails. */
class RouteMistakeFailureAnalyzerTests {

    @TempDir
    Path folder;

    private final RouteMistakeFailureAnalyzer analyzer = new RouteMistakeFailureAnalyzer(new MockEnvironment() {
        @Override
        public String getProperty(String key, String otherwise) {
            return key.equals("export.routes.directory") ? folder.toString() : otherwise;
        }
    });

    @Test
    void aMistakeInARouteFileIsSaidWithItsPlace() throws IOException {
        String download = Files.readString(Path.of("routes/download.camel.yaml"));
        Files.writeString(folder.resolve("download.camel.yaml"), download.replace("ref: downloads", "ref: download"));
        var analysis = analyzer.analyze(new IllegalStateException(new RuntimeCamelException("no bean")));
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription())
                .isEqualTo(folder + "/download.camel.yaml:18: there is no bean download; did you mean downloads?");
    }

    @Test
    void otherFailuresAreLeftToOthers() throws IOException {
        assertThat(analyzer.analyze(new RuntimeCamelException("the files are in order")))
                .isNull();
        Files.writeString(folder.resolve("x.camel.yaml"), "not: [a list");
        assertThat(analyzer.analyze(new IOException("the disk is full"))).isNull();
    }
}

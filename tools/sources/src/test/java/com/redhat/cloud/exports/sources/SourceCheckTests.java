package com.redhat.cloud.exports.sources;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.sources.SourceCheck.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples meet all requirements; a source that does not is found. */
class SourceCheckTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sql", "rest", "files"})
    void anExampleDoesAllThatIsAskedOfASource(String name) throws Exception {
        var servers = TestingServers.servers();
        ExampleTables.create(servers.database(LocalServers.EXAMPLE_DATABASE));
        var source = SourceDescription.read(Path.of("examples", name));
        var log = directory.resolve("log");
        try (var orders = ExampleOrders.start(0)) {
            Map<String, String> data = new HashMap<>(servers.environment());
            data.put("PGSQL_DATABASE", LocalServers.EXAMPLE_DATABASE);
            data.put("ORDERS_URL", orders.uri().toString());
            data.put("EXPORT_SPOOL_DIRECTORY", directory.resolve("answers").toString());

            var findings = SourceCheck.run(
                    source,
                    environment -> {
                        Map<String, String> all = new HashMap<>(data);
                        all.putAll(environment);
                        return SourceApplication.start(source, all, log);
                    },
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    finding -> {});

            assertThat(findings)
                    .as(() -> "what it said: " + read(log))
                    .hasSizeGreaterThan(30)
                    .allMatch(Finding::ok);
            try (var left = Files.list(directory.resolve("answers"))) {
                assertThat(left.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    void aCarelessSourceIsFoundOut() throws Exception {
        var source = SourceDescription.read(Path.of("examples", "files"));

        var findings = SourceCheck.run(
                source, CarelessSource::new, Duration.ofSeconds(60), Duration.ofSeconds(3), finding -> {});

        assertThat(findings)
                .as("%s", findings)
                .filteredOn(finding -> !finding.ok())
                .extracting(Finding::sentence)
                .containsExactly(
                        "Two sources of one export are answered one by one, the other one with CSV",
                        "The flat shape of the event is understood, for JSON",
                        "The flat shape of the event is understood, for CSV",
                        "A filter that it does not have is refused, not ignored",
                        "Headers that it does not know are ignored",
                        "A resource that it does not have is refused",
                        "A request for CSV is answered with CSV",
                        "A request that comes again is answered once, or the same way",
                        "An answer that gets 503 is sent again",
                        "An answer that is sent again is the same, and whole",
                        "Data that is not accepted becomes an error report",
                        "An answer that cannot be delivered is sent when the service is there again",
                        "An answer that gets 401 is not sent again and again",
                        "An answer that gets 404 is not sent again and again",
                        "An answer that gets 410 is not sent again and again",
                        "It goes on after all of that",
                        "It says nothing to a request for another application",
                        "It says nothing to an event of another type",
                        "It uploads nothing for a request for a format that does not exist",
                        "It uploads nothing for a request whose filters are a list",
                        "It uploads nothing for a request without 'format'",
                        "It uploads nothing for a request without 'resource'",
                        "It uploads nothing for a request without an organisation",
                        "It calls nothing but upload and error",
                        "When its data is out of reach it reports an error, with a code and a sentence",
                        "After a restart it does not begin again");
    }

    @Test
    void aSourceThatDoesNotAnswerIsNotAskedAnyFurther() throws Exception {
        var source = SourceDescription.read(Path.of("examples", "files"));

        List<Finding> findings = SourceCheck.run(
                source, environment -> () -> {}, Duration.ofSeconds(1), Duration.ofSeconds(1), finding -> {});

        assertThat(findings).singleElement().hasToString("FAILED  It answers: there is no answer within 1 s");
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

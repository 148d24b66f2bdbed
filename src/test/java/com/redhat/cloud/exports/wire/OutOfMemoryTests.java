package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.platform.health.OutOfMemoryExit;
import com.redhat.cloud.exports.testing.ReplicaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that runs out of memory exits, even without the JVM's own option. */
class OutOfMemoryTests {

    /** Doubles a text until memory runs out, and swallows the error. */
    private static final String GREEDY_ROUTE = """
            - route:
                id: greedy
                from:
                  uri: timer
                  parameters: {timerName: greedy, repeatCount: 1}
                  steps:
                    - doTry:
                        steps:
                          - setBody:
                              constant: {expression: "0123456789abcdef"}
                          - loop:
                              constant: {expression: "40"}
                              steps:
                                - setBody:
                                    simple: {expression: "${body}${body}"}
                        doCatch:
                          - exception: [java.lang.Throwable]
                            steps:
                              - setBody:
                                  constant: {expression: ""}
            """;

    @TempDir
    Path directory;

    @Test
    void theServiceExitsAlthoughTheRouteCatchesTheError() throws Exception {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        try (ReplicaProcess replica =
                ReplicaProcess.startReady(directory, Map.of("EXPORT_ROUTES_DIRECTORY", routes.toString()))) {
            Files.writeString(routes.resolve("greedy.camel.yaml"), GREEDY_ROUTE);
            assertThat(replica.exitStatus().get(60, TimeUnit.SECONDS)).isEqualTo(OutOfMemoryExit.EXIT_STATUS);
        }
        assertThat(directory.resolve("service.log"))
                .content()
                .contains("Terminating due to java.lang.OutOfMemoryError");
    }
}

package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.platform.health.OutOfMemoryExit;
import com.redhat.cloud.exports.testing.ReplicaProcess;
import com.redhat.cloud.exports.testing.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose memory runs out ends by itself, also where the JVM was not told to. */
class OutOfMemoryTests {

    /** Doubles a text until there is no room for it, and handles what comes of that as if nothing were. */
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
    void aServiceWithoutMemoryEndsThoughItsRouteGoesOn() throws Exception {
        Path routes = Files.createDirectory(directory.resolve("routes"));
        Path log = directory.resolve("service.log");
        Map<String, String> settings = new HashMap<>(TestServers.servers().environment());
        settings.put("EXPORT_ROUTES_DIRECTORY", routes.toString());
        try (ReplicaProcess replica = ReplicaProcess.start(settings, log)) {
            replica.awaitReady();
            Files.writeString(routes.resolve("greedy.camel.yaml"), GREEDY_ROUTE);
            assertThat(replica.exitStatus().get(60, TimeUnit.SECONDS)).isEqualTo(OutOfMemoryExit.EXIT_STATUS);
        }
        assertThat(log).content().contains("Terminating due to java.lang.OutOfMemoryError");
    }
}

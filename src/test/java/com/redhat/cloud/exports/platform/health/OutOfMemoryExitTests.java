package com.redhat.cloud.exports.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.servers.ChildProcess;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever memory runs out, the process ends as it would by the JVM's own option. */
class OutOfMemoryExitTests {

    @ParameterizedTest
    @EnumSource
    void theProcessEnds(OutOfMemoryProgram.Scenario scenario) throws Exception {
        Process process = new ProcessBuilder(
                        ChildProcess.JAVA,
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OutOfMemoryProgram.class.getName(),
                        scenario.name())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.errorReader().lines()).containsExactly("Terminating due to java.lang.OutOfMemoryError");
            assertThat(process.exitValue()).isEqualTo(OutOfMemoryExit.EXIT_STATUS);
        } finally {
            process.destroyForcibly();
        }
    }
}

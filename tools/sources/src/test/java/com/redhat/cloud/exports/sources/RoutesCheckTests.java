package com.redhat.cloud.exports.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code make routes-check ROUTES=dir} on the folders of source applications. */
class RoutesCheckTests {

    @TempDir
    Path folder;

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .map(Path::getParent)
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExamplesAreInOrder(Path example) throws IOException {
        var out = new ByteArrayOutputStream();
        int status = RoutesCheck.check(example, new PrintStream(out, true, UTF_8));
        assertThat(out.toString(UTF_8)).endsWith(" 0 findings\n");
        assertThat(status).isZero();
    }

    @Test
    void componentsOfCamelAreKnownAndBeansAreNotAskedFor() throws IOException {
        Files.writeString(folder.resolve("x.camel.yaml"), """
                - route:
                    id: x
                    description: Fetches files.
                    from:
                      uri: ftp
                      parameters: {host: example, port: 21, directoryName: in, recursiv: true}
                      steps:
                        - bean: {ref: somebodys, method: work}
                """);
        var out = new ByteArrayOutputStream();
        assertThat(RoutesCheck.check(folder, new PrintStream(out, true, UTF_8))).isEqualTo(1);
        assertThat(out.toString(UTF_8)).isEqualTo("""
                %s/x.camel.yaml:6: ftp has no option recursiv; did you mean recursive?
                1 route files, 1 findings
                """.formatted(folder));
    }
}

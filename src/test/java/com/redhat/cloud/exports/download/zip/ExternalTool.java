package com.redhat.cloud.exports.download.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program of this machine. Tests whose program is missing are skipped. */
public final class ExternalTool {

    private ExternalTool() {}

    /** Runs the program and gives its output, error output included; any exit status but 0 fails the test. */
    public static String run(String program, String... arguments) throws IOException, InterruptedException {
        return runBy(
                program, Stream.concat(Stream.of(program), Stream.of(arguments)).toList());
    }

    /** Does the same with a command that runs the program. */
    static String runBy(String program, List<String> command) throws IOException, InterruptedException {
        assumeTrue(isInstalled(program), program + " is not installed");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
        return output;
    }

    public static String runSevenZip(String... arguments) throws IOException, InterruptedException {
        return run(sevenZip(), arguments);
    }

    /** Returns the name of 7-Zip, which is {@code 7z} in one package of it and {@code 7zz} in another. */
    static String sevenZip() {
        return isInstalled("7z") ? "7z" : "7zz";
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}

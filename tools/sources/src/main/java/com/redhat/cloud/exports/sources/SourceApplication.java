package com.redhat.cloud.exports.sources;

import com.redhat.cloud.exports.servers.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Source applications as processes of their own. Route files run on plain {@code camel-main} with the kit of
 * {@code examples/kit}: no Spring context, and no code of this project on their class path.
 */
public final class SourceApplication {

    /** Starts the three examples. */
    public static final List<Path> EXAMPLES =
            List.of(Path.of("examples", "sql"), Path.of("examples", "rest"), Path.of("examples", "files"));

    public static final Path KIT = Path.of("examples", "kit");

    private static final Path LIBRARIES = Path.of("tools", "sources", "target", "classpath.txt");
    private static final Path CLASS_ARCHIVE = Path.of("target", "servers", "source.jsa");

    private SourceApplication() {}

    /**
     * Starts the route files of several folders in one process.
     *
     * @param environment variables besides those of this process
     * @param options of the JVM
     */
    public static ChildProcess start(List<Path> folders, Map<String, String> environment, String... options)
            throws IOException {
        var command = new ProcessBuilder(camel(folders, options));
        command.environment().putAll(environment);
        return ChildProcess.start("source", command);
    }

    /** Starts route files with the kit, anything else with its command. */
    public static ChildProcess start(SourceDescription source, Map<String, String> environment) throws IOException {
        return ChildProcess.start(source.application(), process(source, environment));
    }

    /** The same, with its output appended to a file. */
    public static ChildProcess start(
            SourceDescription source, Map<String, String> environment, Path log, String... options) throws IOException {
        var command =
                process(source, environment, options).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return ChildProcess.start(source.application(), command);
    }

    private static ProcessBuilder process(
            SourceDescription source, Map<String, String> environment, String... options) {
        var command = source.command()
                .map(shell -> new ProcessBuilder("sh", "-c", "exec " + shell)
                        .directory(source.folder().toFile()))
                .orElseGet(() -> new ProcessBuilder(camel(List.of(source.folder()), options)));
        command.environment().putAll(environment);
        return command;
    }

    private static List<String> camel(List<Path> folders, String... options) {
        List<String> command = new ArrayList<>(List.of(
                ChildProcess.JAVA,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "-Xlog:disable",
                "-XX:SharedArchiveFile=" + CLASS_ARCHIVE.toAbsolutePath(),
                "-Dlogback.configurationFile=" + KIT.resolve("logback.xml")));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-Dcamel.main.routesIncludePattern="
                        + folders.stream()
                                .map(folder -> "file:" + folder + "/*.camel.yaml")
                                .collect(Collectors.joining(",")),
                "-cp",
                libraries(),
                "org.apache.camel.main.Main",
                "-propertiesLocation",
                "file:" + KIT.resolve("application.properties")));
        return command;
    }

    private static String libraries() {
        try {
            return Files.readString(LIBRARIES).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

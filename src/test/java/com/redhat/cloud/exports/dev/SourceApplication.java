package com.redhat.cloud.exports.dev;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs {@code examples/source-application} the way its README says: a plain Camel, no code of this project on its
 * class path.
 */
final class SourceApplication {

    static final String NAME = "exampleApp";

    private static final Path HOME = Path.of("examples", "source-application");
    private static final Path LIBRARIES = Path.of("target", "test-classpath.txt");
    private static final Path CLASS_ARCHIVE = Path.of("target", "servers", "source.jsa");

    private SourceApplication() {}

    /**
     * @param service the export service's internal API, for instance {@code http://localhost:10000}
     * @param preSharedKey what the export service knows for {@link #NAME}
     */
    static ChildProcess start(LocalServers servers, URI service, String preSharedKey) throws IOException {
        var command = new ProcessBuilder(
                        ChildProcess.JAVA,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+AutoCreateSharedArchive",
                        "-Xlog:disable",
                        "-XX:SharedArchiveFile=" + CLASS_ARCHIVE.toAbsolutePath(),
                        "-Dlogback.configurationFile=logback.xml",
                        "-cp",
                        Files.readString(LIBRARIES).strip(),
                        "org.apache.camel.main.Main",
                        "-propertiesLocation",
                        "file:application.properties")
                .directory(HOME.toFile());
        command.environment().putAll(servers.environment());
        command.environment()
                .putAll(Map.of(
                        "PGSQL_DATABASE",
                        LocalServers.EXAMPLE_DATABASE,
                        "EXPORT_SERVICE_URL",
                        service.toString(),
                        "EXPORT_SERVICE_PSK",
                        preSharedKey));
        return ChildProcess.start("source", command);
    }
}

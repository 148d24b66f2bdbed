package com.redhat.cloud.exports.chaos;

import com.redhat.cloud.exports.servers.ChildProcess;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One replica of the packaged service behind the networks of its clients. */
public final class Replica implements AutoCloseable {

    static final String PRE_SHARED_KEY = "chaos-psk";

    private static final String JAR = "target/export-service.jar";
    private static final Duration START = Duration.ofSeconds(180);

    private final int publicPort;
    private final int internalPort;
    private final int metricsPort;
    private final TcpProxy toUsers;
    private final TcpProxy toApplications;
    private final Server server;

    public Replica(String name, int publicPort, int internalPort, int metricsPort, Stage stage) throws IOException {
        this.publicPort = publicPort;
        this.internalPort = internalPort;
        this.metricsPort = metricsPort;
        this.toUsers = TcpProxy.start(0, publicPort, publicPort);
        this.toApplications = TcpProxy.start(0, internalPort, internalPort);
        this.server = new Server("replica " + name, "TERM", () -> start(name, stage));
    }

    private ChildProcess start(String name, Stage stage) throws IOException {
        var command = new ProcessBuilder(
                        ChildProcess.JAVA, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", JAR)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        stage.log("replica-" + name).toFile()));
        command.environment().putAll(stage.serviceEnvironment());
        command.environment()
                .putAll(Map.of(
                        "PUBLIC_PORT", Integer.toString(publicPort),
                        "PRIVATE_PORT", Integer.toString(internalPort),
                        "METRICS_PORT", Integer.toString(metricsPort)));
        return ChildProcess.start("replica " + name, command);
    }

    Server server() {
        return server;
    }

    TcpProxy toUsers() {
        return toUsers;
    }

    TcpProxy toApplications() {
        return toApplications;
    }

    /** @param path from {@code /exports} on */
    URI publicApi(String path) {
        return URI.create("http://localhost:%d/api/export/v1%s".formatted(toUsers.port(), path));
    }

    /** @param path from the export's id on */
    URI internalApi(String path) {
        return URI.create("http://localhost:%d/app/export/v1%s".formatted(toApplications.port(), path));
    }

    boolean isReady() {
        try {
            var connection = (HttpURLConnection) URI.create("http://localhost:%d/readyz".formatted(metricsPort))
                    .toURL()
                    .openConnection();
            connection.setConnectTimeout(2000);
            connection.setReadTimeout(5000);
            return connection.getResponseCode() == 200;
        } catch (IOException no) {
            return false;
        }
    }

    /** A replica that exits while it starts, for instance for lack of a database, is started again, as in a cluster. */
    void awaitReady() throws Exception {
        long end = System.nanoTime() + START.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > end) {
                throw new IOException(server.name() + " did not get ready, see its log");
            }
            server.start();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        toUsers.close();
        toApplications.close();
    }
}

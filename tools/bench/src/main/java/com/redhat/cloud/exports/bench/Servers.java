package com.redhat.cloud.exports.bench;

import com.redhat.cloud.exports.servers.ChildProcess;
import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import com.redhat.cloud.exports.servers.VersityServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL, Kafka and S3 in processes of their own: a JVM with Kafka, and the other two as its children. S3 is versitygw if {@code tools/bench/install} could build it, else S3Mock, which is the bottleneck of large bodies.
 */
final class Servers implements AutoCloseable {

    private static final String SETTINGS = "servers.properties";

    private final ChildProcess process;
    private final Map<String, String> environment;

    private Servers(ChildProcess process, Map<String, String> environment) {
        this.process = process;
        this.environment = environment;
    }

    /** @param data directory of all three; new */
    static Servers start(Path data) throws IOException, InterruptedException {
        var process = ChildProcess.start(
                "servers",
                new ProcessBuilder(
                                ChildProcess.JAVA,
                                "-Xmx512m",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Servers.class.getName(),
                                data.toString())
                        .redirectOutput(data.resolve("servers.log").toFile()));
        var settings = data.resolve(SETTINGS);
        while (Files.notExists(settings)) {
            if (!process.isAlive()) {
                throw new IOException("the servers did not start, see " + data);
            }
            Thread.sleep(50);
        }
        var read = new Properties();
        try (var reader = Files.newBufferedReader(settings)) {
            read.load(reader);
        }
        var environment = new HashMap<String, String>();
        read.forEach((name, value) -> environment.put((String) name, (String) value));
        return new Servers(process, environment);
    }

    static boolean hasVersitygw() {
        return VersityServer.isBuilt();
    }

    static String s3Name() {
        return hasVersitygw() ? "versitygw, posix backend" : "S3Mock (slow: the S3 figures are its own)";
    }

    /** The servers, by the service's environment names. */
    Map<String, String> environment() {
        return environment;
    }

    DataSource database(String name) {
        var database = new PGSimpleDataSource();
        database.setPortNumbers(new int[] {Integer.parseInt(environment.get("PGSQL_PORT"))});
        database.setDatabaseName(name);
        database.setUser(environment.get("PGSQL_USER"));
        return database;
    }

    @Override
    public void close() {
        process.close();
    }

    /** The process of the servers. */
    public static void main(String[] arguments) {
        try {
            run(Path.of(arguments[0]));
        } catch (Exception e) {
            e.printStackTrace();
            // Threads of a server that did start would keep the process alive.
            System.exit(1);
        }
    }

    private static void run(Path data) throws Exception {
        var servers = hasVersitygw()
                ? LocalServers.start(data, Ports.free(), VersityServer::start)
                : LocalServers.start(data, Ports.free());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                servers.close();
            } catch (IOException e) {
                System.err.println(e);
            }
        }));
        var settings = new Properties();
        settings.putAll(servers.environment());
        var unfinished = data.resolve(SETTINGS + ".new");
        try (var writer = Files.newBufferedWriter(unfinished)) {
            settings.store(writer, null);
        }
        Files.move(unfinished, data.resolve(SETTINGS), StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
    }
}

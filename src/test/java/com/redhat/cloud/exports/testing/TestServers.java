package com.redhat.cloud.exports.testing;

import com.redhat.cloud.exports.servers.LocalServers;
import com.redhat.cloud.exports.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** PostgreSQL, Kafka and S3 for all tests of this JVM: started once, ended with it. */
public final class TestServers {

    private static final LocalServers SERVERS = start();

    private static volatile boolean serviceStarted;

    private TestServers() {}

    public static LocalServers servers() {
        return SERVERS;
    }

    private static LocalServers start() {
        try {
            Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target/test-servers")), "run-");
            LocalServers servers = LocalServers.start(data, Ports.free());
            // After the services have been closed: without their servers that takes them until their time-outs.
            SpringApplication.getShutdownHandlers().add(() -> close(servers));
            // Spring Boot looks at its handlers only where a service was started.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                if (!serviceStarted) {
                    close(servers);
                }
            }));
            return servers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(LocalServers servers) {
        try {
            servers.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives the service the servers, by the environment names of existing deployments, and three free ports. A test
     * class with a service of its own extends it.
     */
    public static class Initializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public final void initialize(ConfigurableApplicationContext context) {
            serviceStarted = true;
            Map<String, String> environment = new HashMap<>(servers().environment());
            environment.put("PUBLIC_PORT", Integer.toString(freePort()));
            environment.put("PRIVATE_PORT", Integer.toString(freePort()));
            environment.put("METRICS_PORT", Integer.toString(freePort()));
            environment.putAll(settings());
            TestPropertyValues.of(environment).applyTo(context);
        }

        /** Further settings; what they name is made here. */
        protected Map<String, String> settings() {
            return Map.of();
        }
    }

    /** Creates an empty database, which no other service of these tests works on. */
    public static String createDatabase(String name) {
        database(LocalServers.DATABASE).sql("create database " + name).update();
        return name;
    }

    public static JdbcClient database(String name) {
        return JdbcClient.create(servers().database(name));
    }

    public static int freePort() {
        return Ports.free(1)[0];
    }
}

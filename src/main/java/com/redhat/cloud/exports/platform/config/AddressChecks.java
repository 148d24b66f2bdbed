package com.redhat.cloud.exports.platform.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Checks where the service listens and whom it calls before anything is opened: a driver that is given a wrong address
 * does not say which variable it came from, or waits for a server that will never be there.
 */
final class AddressChecks implements EnvironmentPostProcessor {

    /** What the driver knows; it is asked with the address, in a place where it would try again for minutes. */
    private static final Set<String> SSL_MODES =
            Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private static final Pattern BROKER = Pattern.compile("[^\\s:,]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<Integer, String> listening = new HashMap<>();
        listen(listening, "PUBLIC_PORT", port(environment, "PUBLIC_PORT", "8000", 1));
        listen(listening, "PRIVATE_PORT", port(environment, "PRIVATE_PORT", "10000", 1));
        listen(listening, "METRICS_PORT", port(environment, "METRICS_PORT", "9000", 1));
        port(environment, "PGSQL_PORT", "15433", 1);
        port(environment, "MINIO_PORT", "9099", 0);
        String sslMode = environment.getProperty("PGSQL_SSL_MODE", "prefer");
        if (!SSL_MODES.contains(sslMode)) {
            throw InvalidSettingException.of(
                    "PGSQL_SSL_MODE",
                    "must be one of disable, allow, prefer, require, verify-ca, verify-full, but is '%s'"
                            .formatted(sslMode));
        }
        for (String broker :
                environment.getProperty("KAFKA_BROKERS", "localhost:9092").split(",")) {
            if (!BROKER.matcher(broker.strip()).matches()) {
                throw InvalidSettingException.of(
                        "KAFKA_BROKERS", "must be a comma list of host:port, but has '%s'".formatted(broker.strip()));
            }
        }
    }

    private static void listen(Map<Integer, String> listening, String variable, int port) {
        String other = listening.putIfAbsent(port, variable);
        if (other != null) {
            throw InvalidSettingException.of(
                    variable, "must be another port than %s, but both are %d".formatted(other, port));
        }
    }

    private static int port(ConfigurableEnvironment environment, String variable, String otherwise, int lowest) {
        String text = environment.getProperty(variable, otherwise).strip();
        if (text.matches("\\d{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= lowest && port <= 65535) {
                return port;
            }
        }
        throw InvalidSettingException.of(variable, "must be a port, %d to 65535, but is '%s'".formatted(lowest, text));
    }
}

package com.redhat.cloud.exports.platform.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Rules of settings. A broken one ends the start with a sentence that names the variable. */
final class Requirements {

    private Requirements() {}

    static void requirePositive(String variable, Duration duration) {
        require(duration.isPositive(), variable, "must be more than 0, but is " + duration.toMillis() + " ms");
    }

    static void requirePort(String variable, int min, int port) {
        require(
                port >= min && port <= 65535,
                variable,
                "must be a port, %d to 65535, but is '%d'".formatted(min, port));
    }

    static void requireOtherPort(String variable, int port, String otherVariable, int otherPort) {
        require(port != otherPort, variable, "must differ from %s, but both are %d".formatted(otherVariable, port));
    }

    static void requireReadable(String variable, String file) {
        require(
                file.isEmpty() || Files.isReadable(Path.of(file)),
                variable,
                "names a file that cannot be read: " + file);
    }

    static void requireSize(String variable, DataSize size) {
        require(
                size.toBytes() >= 1 && size.toBytes() <= Integer.MAX_VALUE,
                variable,
                "must be more than 0 and less than 2GB, but is " + size.toBytes() + " bytes");
    }

    static void requireAtLeast(int min, String variable, long value) {
        require(value >= min, variable, "must be %d or more, but is %d".formatted(min, value));
    }

    static void require(boolean condition, String variable, String reason) {
        if (!condition) {
            throw InvalidSettingException.of(variable, reason);
        }
    }
}

package com.redhat.cloud.exports.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A statement from {@code sql/<feature>/<verb>.sql}, read once. */
public final class SqlFile {

    private SqlFile() {}

    /**
     * @param name for example {@code export/create}
     * @throws IllegalArgumentException when there is no such file
     */
    public static String read(String name) {
        try (InputStream file = SqlFile.class.getResourceAsStream("/sql/" + name + ".sql")) {
            if (file == null) {
                throw new IllegalArgumentException("no such statement: sql/" + name + ".sql");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package com.redhat.cloud.exports.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A statement from {@code sql/<feature>/<verb>.sql}, read once. */
public final class SqlFile {

    /** Lines of comments, and indentation: PostgreSQL copies a statement's text with each execution. */
    private static final Pattern FOR_READERS = Pattern.compile("^\\s*(--.*\n\\s*)*", Pattern.MULTILINE);

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
            return FOR_READERS
                    .matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

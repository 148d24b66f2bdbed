package com.redhat.cloud.exports.platform.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads statements from {@code sql/<feature>/<verb>.sql}. */
public final class SqlFile {

    /** Comments and indentation: PostgreSQL copies a statement's text at each execution. */
    private static final Pattern COMMENTS_AND_INDENTATION = Pattern.compile("^\\s*(--.*\n\\s*)*", Pattern.MULTILINE);

    private SqlFile() {}

    /**
     * @param name for example {@code export/create}
     * @throws IllegalArgumentException if there is no such file
     */
    public static String read(String name) {
        try (InputStream file = SqlFile.class.getResourceAsStream("/sql/" + name + ".sql")) {
            if (file == null) {
                throw new IllegalArgumentException("no such statement: sql/" + name + ".sql");
            }
            return COMMENTS_AND_INDENTATION
                    .matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package com.redhat.cloud.exports.upload.validation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A body from a file below {@code src/test/resources/content}, written as the files' first lines say.
 *
 * @param fault the index of the fault, -1 if the case marks none
 */
record ContentCase(String line, byte[] body, int fault) {

    private static final Pattern TOKEN = Pattern.compile("<([0-9a-f]{2}|!|)>|[^<]+");

    static List<ContentCase> read(String file) {
        try (var in = Objects.requireNonNull(ContentCase.class.getResourceAsStream("/content/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("# "))
                    .map(ContentCase::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ContentCase parse(String line) {
        var body = new ByteArrayOutputStream();
        int fault = -1;
        Matcher token = TOKEN.matcher(line);
        int end = 0;
        for (; token.lookingAt(); token.region(end, line.length())) {
            if ("!".equals(token.group(1))) {
                fault = body.size();
            } else if (token.group(1) == null) {
                body.writeBytes(token.group().getBytes(StandardCharsets.UTF_8));
            } else if (!token.group(1).isEmpty()) {
                body.write(Integer.parseInt(token.group(1), 16));
            }
            end = token.end();
        }
        if (end != line.length()) {
            throw new IllegalArgumentException("not a case: " + line);
        }
        return new ContentCase(line, body.toByteArray(), fault);
    }

    /** Renders the position of the fault as in messages. CRLF is one line break. */
    String position() {
        String before = new String(body, 0, fault, StandardCharsets.ISO_8859_1);
        long line = 1 + Pattern.compile("\r\n|\r|\n").matcher(before).results().count();
        return "line %d, byte %d:".formatted(line, fault);
    }

    @Override
    public String toString() {
        return line;
    }
}

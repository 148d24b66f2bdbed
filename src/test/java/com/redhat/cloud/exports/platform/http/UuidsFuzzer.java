package com.redhat.cloud.exports.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** An id in a path. */
public final class UuidsFuzzer {

    private UuidsFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        boolean accepted;
        try {
            assertThat(Uuids.ofExport(text)).isEqualTo(Uuids.ofSource(text)).hasToString(lowerCase(text));
            accepted = true;
        } catch (ServiceException refused) {
            assertThat(refused.kind()).isEqualTo(ServiceException.Kind.INVALID);
            accepted = false;
        }
        assertThat(accepted).isEqualTo(isItsOwnText(text));
    }

    private static boolean isItsOwnText(String text) {
        try {
            return UUID.fromString(text).toString().equals(lowerCase(text));
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** Of ASCII letters only: others become some of them by {@link String#toLowerCase()}. */
    private static String lowerCase(String text) {
        var lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }
}

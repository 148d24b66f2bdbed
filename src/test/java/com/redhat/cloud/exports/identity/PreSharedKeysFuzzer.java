package com.redhat.cloud.exports.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.config.Settings;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Fuzzes the header x-rh-exports-psk and the setting EXPORTS_PSKS: a line each. */
public final class PreSharedKeysFuzzer {

    private static final String APPLICATION = "exampleApp";

    private PreSharedKeysFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var text = new String(input, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        var sent = end < 0 ? "" : text.substring(0, end);
        var setting = text.substring(end + 1);
        PreSharedKeys keys;
        try {
            keys = new PreSharedKeys(Settings.with("preSharedKeys", setting));
        } catch (InvalidSettingException refused) {
            assertThat(setting.strip()).startsWith("{");
            return;
        }
        boolean accepted = accepts(keys, sent);
        if (!setting.strip().startsWith("{")) {
            assertThat(accepted)
                    .isEqualTo(Arrays.stream(setting.split(","))
                            .map(String::strip)
                            .anyMatch(key -> !key.isEmpty() && same(key, sent)));
        } else if (accepted) {
            assertThat(sent).isNotEmpty();
        }
    }

    /** Keys are compared as UTF-8, in which half a surrogate pair is a question mark. */
    private static boolean same(String one, String other) {
        return Arrays.equals(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean accepts(PreSharedKeys keys, String sent) {
        try {
            keys.check(List.of(sent), APPLICATION);
            keys.checkIfSent(List.of(sent));
            return true;
        } catch (ServiceException refused) {
            return false;
        }
    }
}

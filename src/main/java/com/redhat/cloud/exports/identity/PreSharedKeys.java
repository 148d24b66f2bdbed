package com.redhat.cloud.exports.identity;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks {@code x-rh-exports-psk} (contract section 5). The keys are in {@code EXPORTS_PSKS}, or in the file named by
 * {@code EXPORTS_PSKS_FILE}, which may change while the service runs.
 */
@Component("preSharedKeys")
class PreSharedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(PreSharedKeys.class);
    private static final String FILE = "EXPORTS_PSKS_FILE";

    private final boolean checked;
    private final @Nullable Path file;

    /** Digest of the file when the keys were read. */
    private byte[] digest = {};

    private volatile KeyRing keys;

    PreSharedKeys(ExportProperties properties) {
        this.checked = !properties.preSharedKeyCheckDisabled();
        this.file = properties.preSharedKeysFile().isBlank() ? null : Path.of(properties.preSharedKeysFile());
        this.keys = KeyRing.parse(properties.preSharedKeys(), "EXPORTS_PSKS");
        if (file != null && !keys.isEmpty()) {
            throw InvalidSettingException.of(FILE, "must not be set together with EXPORTS_PSKS");
        }
        reload();
        if (!checked) {
            LOG.warn("DISABLE_SERVICE_TO_SERVICE_PSK_AUTH is set: the internal API admits every caller");
        } else if (keys.isEmpty() && !properties.oidc().isOn()) {
            LOG.warn("EXPORTS_PSKS is empty: the internal API refuses every caller");
        }
    }

    /**
     * Reads the keys again if the file has changed. Concurrent checks see either the old or the new keys.
     *
     * @return whether the file has changed
     * @throws InvalidSettingException if the file cannot be read or has no key; the old keys stay
     */
    final synchronized boolean reload() {
        if (file == null) {
            return false;
        }
        byte[] content = read(file);
        byte[] newDigest = KeyRing.digest(content);
        if (Arrays.equals(newDigest, digest)) {
            return false;
        }
        KeyRing read = KeyRing.parse(new String(content, StandardCharsets.UTF_8), FILE);
        if (read.isEmpty()) {
            throw InvalidSettingException.of(FILE, "names a file without a key: " + file);
        }
        keys = read;
        digest = newDigest;
        return true;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw InvalidSettingException.of(FILE, "names a file that cannot be read: " + file);
        }
    }

    /** Whether callers of the internal API need a key, or a token. */
    boolean areChecked() {
        return checked;
    }

    /**
     * Requires exactly one header, with a key that is valid for the application.
     *
     * @param sent values of all x-rh-exports-psk headers
     * @param application the application in the path
     */
    void check(@Nullable List<String> sent, String application) {
        if (checked) {
            keys.require(only(sent), application);
        }
    }

    /**
     * Requires exactly one header, with a key that is valid for any application, where the path names none.
     *
     * @param sent values of all x-rh-exports-psk headers
     */
    void checkAny(@Nullable List<String> sent) {
        if (checked && !keys.knows(only(sent))) {
            throw ServiceException.unauthorized("invalid x-rh-exports-psk header");
        }
    }

    private static String only(@Nullable List<String> sent) {
        if (sent == null || sent.size() != 1) {
            throw ServiceException.invalid("missing x-rh-exports-psk header");
        }
        return sent.getFirst();
    }

    /** Requires a valid key if one is sent, on the public API. */
    public void checkIfSent(@Variable("preSharedKeys") @Nullable List<String> sent) {
        if (!checked || sent == null || sent.isEmpty()) {
            return;
        }
        if (!keys.knows(sent.getFirst()) || sent.size() != 1) {
            throw ServiceException.unauthorized("invalid x-rh-exports-psk header");
        }
    }
}

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
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks {@code x-rh-exports-psk} (contract section 5). The keys are in {@code EXPORTS_PSKS}, or in the file that
 * {@code EXPORTS_PSKS_FILE} names and then may change while the service runs.
 */
@Component("preSharedKeys")
class PreSharedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(PreSharedKeys.class);
    private static final String FILE = "EXPORTS_PSKS_FILE";

    private final boolean checked;
    private final @Nullable Path file;

    /** Of the file, as it was when the keys were read from it. */
    private byte[] digest = {};

    private volatile KeyRing keys;

    PreSharedKeys(ExportProperties properties) {
        this.checked = !properties.preSharedKeyCheckDisabled();
        this.file = properties.preSharedKeysFile().isBlank() ? null : Path.of(properties.preSharedKeysFile());
        this.keys = KeyRing.parse(properties.preSharedKeys(), "EXPORTS_PSKS");
        if (file != null && !keys.isEmpty()) {
            throw InvalidSettingException.of(FILE, "must not be set together with EXPORTS_PSKS: keys are in one place");
        }
        reload();
        if (!checked) {
            LOG.warn("DISABLE_SERVICE_TO_SERVICE_PSK_AUTH is set: the internal API lets every caller in");
        } else if (keys.isEmpty()) {
            LOG.warn("EXPORTS_PSKS is empty: the internal API refuses every caller");
        }
    }

    /**
     * Takes the keys from the file if it has changed. Requests that are being checked see the old keys or the new ones.
     *
     * @return whether there are new ones
     * @throws InvalidSettingException when the file cannot be read or has no keys; the old ones stay
     */
    final synchronized boolean reload() {
        if (file == null) {
            return false;
        }
        byte[] content = read(file);
        byte[] present = KeyRing.digest(content);
        if (Arrays.equals(present, digest)) {
            return false;
        }
        KeyRing read = KeyRing.parse(new String(content, StandardCharsets.UTF_8), FILE);
        if (read.isEmpty()) {
            throw InvalidSettingException.of(FILE, "names a file without a key: " + file);
        }
        keys = read;
        digest = present;
        return true;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw InvalidSettingException.of(FILE, "names a file that cannot be read: " + file);
        }
    }

    /**
     * A call of the internal API: exactly one header, with a key that is valid for the application.
     *
     * @param sent the values of all x-rh-exports-psk headers
     * @param application the application that the path names
     * @throws ServiceException otherwise
     */
    public void check(
            @Variable("preSharedKeys") @Nullable List<String> sent, @Header("application") String application) {
        if (checked) {
            keys.require(only(sent), application);
        }
    }

    /**
     * A call of the internal API that names no application: exactly one header, with anybody's key.
     *
     * @param sent the values of all x-rh-exports-psk headers
     * @throws ServiceException otherwise
     */
    public void checkAny(@Variable("preSharedKeys") @Nullable List<String> sent) {
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

    /**
     * A call of the public API by a service: a key is optional there, but one that is sent must be known.
     *
     * @throws ServiceException when it is not
     */
    public void checkIfSent(@Variable("preSharedKeys") @Nullable List<String> sent) {
        if (!checked || sent == null || sent.isEmpty()) {
            return;
        }
        if (!keys.knows(sent.getFirst()) || sent.size() != 1) {
            throw ServiceException.unauthorized("invalid x-rh-exports-psk header");
        }
    }
}

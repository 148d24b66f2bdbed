package com.redhat.cloud.exports.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.config.ExportProperties;
import com.redhat.cloud.exports.config.InvalidSettingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks {@code x-rh-exports-psk} (contract section 5). Keys are kept and compared as SHA-256 digests, so that the
 * comparison takes the same time whatever the caller sends, and a heap dump shows no key.
 */
@Component("preSharedKeys")
public class PreSharedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(PreSharedKeys.class);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final boolean checked;
    private final List<byte[]> keys;
    private final Map<String, byte[]> keysByApplication;

    PreSharedKeys(ExportProperties properties) {
        String setting = properties.preSharedKeys().strip();
        this.checked = !properties.preSharedKeyCheckDisabled();
        this.keysByApplication = setting.startsWith("{") ? perApplication(setting) : Map.of();
        this.keys = setting.startsWith("{") ? List.of() : list(setting);
        if (!checked) {
            LOG.warn("DISABLE_SERVICE_TO_SERVICE_PSK_AUTH is set: the internal API lets every caller in");
        } else if (keys.isEmpty() && keysByApplication.isEmpty()) {
            LOG.warn("EXPORTS_PSKS is empty: the internal API refuses every caller");
        }
    }

    /**
     * A call of the internal API: exactly one header, with a key that is valid for the application.
     *
     * @param sent the values of all x-rh-exports-psk headers
     * @param application the application that the path names
     * @throws PreSharedKeyException otherwise
     */
    public void check(
            @Variable("preSharedKeys") @Nullable List<String> sent, @Header("application") String application) {
        if (!checked) {
            return;
        }
        if (sent == null || sent.size() != 1) {
            throw PreSharedKeyException.missing();
        }
        byte[] digest = digest(sent.getFirst());
        if (keysByApplication.isEmpty()) {
            if (!isAny(keys, digest)) {
                throw PreSharedKeyException.unknown();
            }
            return;
        }
        byte[] expected = keysByApplication.get(application);
        if (expected == null) {
            throw PreSharedKeyException.notConfigured();
        }
        if (!MessageDigest.isEqual(expected, digest)) {
            throw PreSharedKeyException.wrongForApplication();
        }
    }

    /**
     * A call of the public API by a service: a key is optional there, but one that is sent must be known.
     *
     * @throws PreSharedKeyException when it is not
     */
    public void checkIfSent(@Variable("preSharedKeys") @Nullable List<String> sent) {
        if (!checked || sent == null || sent.isEmpty()) {
            return;
        }
        byte[] digest = digest(sent.getFirst());
        boolean known = isAny(keys, digest) | isAny(keysByApplication.values(), digest);
        if (!known || sent.size() != 1) {
            throw PreSharedKeyException.unknown();
        }
    }

    /** Looks at every key, so that the time taken does not tell which one fits. */
    private static boolean isAny(Iterable<byte[]> keys, byte[] digest) {
        boolean found = false;
        for (byte[] key : keys) {
            found |= MessageDigest.isEqual(key, digest);
        }
        return found;
    }

    private static List<byte[]> list(String setting) {
        return Arrays.stream(setting.split(","))
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(PreSharedKeys::digest)
                .toList();
    }

    private static Map<String, byte[]> perApplication(String setting) {
        Map<String, String> keys;
        try {
            keys = JSON.readValue(setting, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            // The cause is left out: its message quotes the keys.
            throw InvalidSettingException.of(
                    "EXPORTS_PSKS", "starts with '{' but is not a JSON object of application to key, both strings");
        }
        keys.forEach((application, key) -> {
            if (key == null || key.isBlank()) {
                throw InvalidSettingException.of("EXPORTS_PSKS", "has an empty key for application " + application);
            }
        });
        return keys.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> digest(entry.getValue().strip())));
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

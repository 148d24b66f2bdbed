package com.redhat.cloud.exports.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.config.JsonSettings;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pre-shared keys as SHA-256 digests: a comparison takes the same time whatever the caller sends, and a heap dump shows no
 * key.
 *
 * @param shared keys valid for every application
 * @param byApplication keys valid for one application; if there are any, {@code shared} is empty
 */
record KeyRing(List<byte[]> shared, Map<String, List<byte[]>> byApplication) {

    private static final JsonMapper JSON = JsonSettings.mapper()
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    /**
     * Parses a setting.
     *
     * @param setting a comma-separated list of keys, or a JSON object of applications and their key or list of keys
     * @param variable name of the setting
     * @throws InvalidSettingException if it is neither; the message shows no key
     */
    static KeyRing parse(String setting, String variable) {
        String text = setting.strip();
        return text.startsWith("{")
                ? new KeyRing(List.of(), perApplication(text, variable))
                : new KeyRing(digests(Arrays.stream(text.split(","))), Map.of());
    }

    boolean isEmpty() {
        return shared.isEmpty() && byApplication.isEmpty();
    }

    /** @throws ServiceException if the key is not valid for the application */
    void require(String key, String application) {
        byte[] digest = digest(key);
        if (byApplication.isEmpty()) {
            if (!isAny(shared, digest)) {
                throw ServiceException.unauthorized("invalid x-rh-exports-psk header");
            }
            return;
        }
        List<byte[]> own = byApplication.get(application);
        if (own == null) {
            throw ServiceException.forbidden("no PSK configured for application");
        }
        if (!isAny(own, digest)) {
            throw ServiceException.unauthorized("invalid x-rh-exports-psk header for application");
        }
    }

    /** Whether the key is valid for any application. */
    boolean knows(String key) {
        byte[] digest = digest(key);
        boolean known = isAny(shared, digest);
        for (List<byte[]> keys : byApplication.values()) {
            known |= isAny(keys, digest);
        }
        return known;
    }

    /** Compares with every key, so that the time does not tell which one matches. */
    private static boolean isAny(List<byte[]> keys, byte[] digest) {
        boolean found = false;
        for (byte[] key : keys) {
            found |= MessageDigest.isEqual(key, digest);
        }
        return found;
    }

    private static Map<String, List<byte[]>> perApplication(String text, String variable) {
        Map<String, @Nullable List<@Nullable String>> keys;
        try {
            keys = JSON.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            // The cause is left out: its message quotes the keys.
            throw InvalidSettingException.of(
                    variable,
                    "starts with '{' but is not a JSON object of application to key or list of keys, all of them strings");
        }
        Map<String, List<byte[]>> digests = HashMap.newHashMap(keys.size());
        keys.forEach((application, own) -> {
            if (own == null || own.isEmpty() || own.stream().anyMatch(key -> key == null || key.isBlank())) {
                throw InvalidSettingException.of(variable, "has an empty key for application " + application);
            }
            digests.put(application, digests(own.stream()));
        });
        return digests;
    }

    private static List<byte[]> digests(Stream<String> keys) {
        return keys.map(String::strip)
                .filter(key -> !key.isEmpty())
                .map(KeyRing::digest)
                .toList();
    }

    private static byte[] digest(String key) {
        return digest(key.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

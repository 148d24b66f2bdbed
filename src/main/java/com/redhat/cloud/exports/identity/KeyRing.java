package com.redhat.cloud.exports.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.platform.config.InvalidSettingException;
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
 * The keys that are valid at a time, as SHA-256 digests: comparing takes the same time whatever the caller sends, and a
 * heap dump shows no key.
 *
 * @param shared keys that are good for every application
 * @param byApplication keys that are good for one; where there are any, {@code shared} is empty
 */
record KeyRing(List<byte[]> shared, Map<String, List<byte[]>> byApplication) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            // An application that is named twice would lose its first key without a word.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * @param setting a comma list of keys, or a JSON object application → key or list of keys
     * @param variable where it comes from
     * @throws InvalidSettingException when it is neither; the message shows no key
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

    /** @throws ServiceException when the key is not good for the application */
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

    /** Whether it is anybody's key. */
    boolean knows(String key) {
        byte[] digest = digest(key);
        boolean known = isAny(shared, digest);
        for (List<byte[]> keys : byApplication.values()) {
            known |= isAny(keys, digest);
        }
        return known;
    }

    /** Looks at every key, so that the time taken does not tell which one fits. */
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

package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * The {@code Idempotency-Key} of a request, and the request's digest.
 *
 * @param text the header, 1 to 255 printable ASCII characters
 * @param request SHA-256 of the body as JSON: white space and the order of fields do not count, unknown fields do
 */
record IdempotencyKey(String text, byte[] request) {

    private static final Pattern TEXT = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private static final JsonMapper ONE_FORM =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    /** @throws ServiceException when the header is malformed */
    static IdempotencyKey of(String header, JsonNode body) {
        if (!TEXT.matcher(header).matches()) {
            throw ServiceException.invalid("an Idempotency-Key is 1 to 255 printable ASCII characters, no spaces");
        }
        try {
            String json = ONE_FORM.writeValueAsString(body);
            return new IdempotencyKey(
                    header, MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from JSON can be written as JSON", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package com.redhat.cloud.exports.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Body;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/**
 * Signs a webhook as Standard Webhooks 1.0 specifies: HMAC-SHA256 over id, time and body. There are libraries that verify it
 * in most languages.
 */
@Component("webhookSignature")
class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";

    /** Of a secret in the specification's own form, which is base64. */
    private static final String PREFIX = "whsec_";

    private final Clock clock;

    WebhookSignature(Clock clock) {
        this.clock = clock;
    }

    /**
     * Sets the headers {@code webhook-id}, {@code webhook-timestamp} (seconds since 1970) and {@code webhook-signature}.
     *
     * @param id the same for each attempt
     * @param secret {@code whsec_} and base64, or any other text, whose UTF-8 bytes are the key
     * @throws IllegalArgumentException when the secret is empty or not what it says to be
     */
    void sign(
            @Body byte[] body, @Variable("callId") String id, @Variable("webhookSecret") String secret, Message message)
            throws GeneralSecurityException {
        long time = clock.instant().getEpochSecond();
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(key(secret), ALGORITHM));
        mac.update("%s.%d.".formatted(id, time).getBytes(UTF_8));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(body));
        message.setHeader("webhook-id", id);
        message.setHeader("webhook-timestamp", Long.toString(time));
        message.setHeader("webhook-signature", "v1," + signature);
    }

    private static byte[] key(String secret) {
        return secret.startsWith(PREFIX)
                ? Base64.getDecoder().decode(secret.substring(PREFIX.length()))
                : secret.getBytes(UTF_8);
    }
}

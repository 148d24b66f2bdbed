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

    /** Marks a secret; the libraries of the specification read it with and without. */
    private static final String PREFIX = "whsec_";

    private final Clock clock;

    WebhookSignature(Clock clock) {
        this.clock = clock;
    }

    /**
     * Sets the headers {@code webhook-id}, {@code webhook-timestamp} (seconds since 1970) and {@code webhook-signature}.
     *
     * @param id the same for each attempt
     * @param secret key in base64, with or without {@code whsec_} before it
     * @throws IllegalArgumentException if it is empty or not base64
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
        String base64 = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            // Without the cause, which quotes characters of the secret.
            throw new IllegalArgumentException("the webhook's secret is not base64");
        }
    }
}

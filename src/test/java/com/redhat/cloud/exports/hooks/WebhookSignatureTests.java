package com.redhat.cloud.exports.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTests {

    /** Secret, message and signature are those of the tests of the specification's libraries. */
    @ParameterizedTest
    @ValueSource(strings = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void aSecretIsBase64WithOrWithoutItsPrefix(String secret) throws GeneralSecurityException {
        Message message = sign("{\"test\": 2432232314}", secret);
        assertThat(message.getHeader("webhook-id")).isEqualTo("msg_p5jXN8AQM9LWM0D4loKWxJek");
        assertThat(message.getHeader("webhook-timestamp")).isEqualTo("1614265330");
        assertThat(message.getHeader("webhook-signature")).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "no base64!", "whsec_no base64!"})
    void anotherSecretIsRefusedAndNotQuoted(String secret) {
        assertThatThrownBy(() -> sign("{}", secret))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("no base64!", "!");
    }

    private static Message sign(String body, String secret) throws GeneralSecurityException {
        Message message = new DefaultMessage(new DefaultCamelContext());
        new WebhookSignature(Clock.fixed(Instant.ofEpochSecond(1614265330), ZoneOffset.UTC))
                .sign(body.getBytes(UTF_8), "msg_p5jXN8AQM9LWM0D4loKWxJek", secret, message);
        return message;
    }
}

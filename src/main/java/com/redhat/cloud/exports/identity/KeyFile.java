package com.redhat.cloud.exports.identity;

import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.health.DegradedIndicator;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Polls the key file. While the file is invalid, the keys read before stay valid and health says why. */
@Component("keyFile")
class KeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private final PreSharedKeys keys;
    private final KeyFileHealthIndicator health;

    KeyFile(PreSharedKeys keys, KeyFileHealthIndicator health) {
        this.keys = keys;
        this.health = health;
    }

    @Component("keyFileHealthIndicator")
    static final class KeyFileHealthIndicator extends DegradedIndicator {

        KeyFileHealthIndicator(MeterRegistry registry) {
            super("keyFile", registry);
        }
    }

    void poll() {
        try {
            if (keys.reload()) {
                LOG.info("loaded changed pre-shared keys");
            }
            if (health.recover()) {
                LOG.info("the file of pre-shared keys is valid again");
            }
        } catch (InvalidSettingException e) {
            if (health.degrade(e.getMessage())) {
                LOG.error("keeping the previous pre-shared keys: {}", e.getMessage());
            }
        }
    }
}

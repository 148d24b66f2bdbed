package com.redhat.cloud.exports.identity;

import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.health.DegradedIndicator;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks after the file with the keys: new ones are taken, and what is wrong with it is told while the old ones stay. */
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
                LOG.info("new pre-shared keys have been taken from the file");
            }
            if (health.recover()) {
                LOG.info("the file of the pre-shared keys is good again");
            }
        } catch (InvalidSettingException e) {
            if (health.degrade(e.getMessage())) {
                LOG.error("the pre-shared keys stay as they were: {}", e.getMessage());
            }
        }
    }
}

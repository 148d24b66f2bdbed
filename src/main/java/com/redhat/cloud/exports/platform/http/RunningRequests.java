package com.redhat.cloud.exports.platform.http;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Gives running requests the grace period at shutdown. The routes wait for them, since they stop before the web server. */
@Component
class RunningRequests implements CamelContextConfiguration {

    private final Duration grace;

    RunningRequests(@Value("${spring.lifecycle.timeout-per-shutdown-phase}") Duration grace) {
        this.grace = grace;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.getShutdownStrategy().setTimeout(Math.max(1, grace.toSeconds()));
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // Nothing to do.
    }
}

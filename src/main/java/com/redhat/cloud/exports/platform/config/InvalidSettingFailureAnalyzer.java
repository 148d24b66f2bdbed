package com.redhat.cloud.exports.platform.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Prints an invalid setting as a sentence instead of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
        return analysis(cause);
    }

    static FailureAnalysis analysis(InvalidSettingException cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Correct the environment variable; docs/configuration.md lists them all.", cause);
    }
}

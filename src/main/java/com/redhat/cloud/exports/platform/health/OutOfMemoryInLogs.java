package com.redhat.cloud.exports.platform.health;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Hands over what a library has caught and can do no more about than to log it, as the thread of Kafka's producer and the
 * container do.
 */
public final class OutOfMemoryInLogs extends TurboFilter {

    /** To be called when logging has been set up, which removes all filters. */
    public static void watch() {
        LoggerContext logging = (LoggerContext) LoggerFactory.getILoggerFactory();
        OutOfMemoryInLogs filter = new OutOfMemoryInLogs();
        filter.setContext(logging);
        filter.start();
        logging.addTurboFilter(filter);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        OutOfMemory.endIfCausedBy(failure);
        if (arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable last) {
            OutOfMemory.endIfCausedBy(last);
        }
        return FilterReply.NEUTRAL;
    }
}

package com.redhat.cloud.exports.platform.health;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Ends the process when a library such as Kafka's producer logs an {@link OutOfMemoryError} and continues. */
public final class OutOfMemoryLogFilter extends TurboFilter {

    /** Adds the filter. Call it after logging has been set up, which removes all filters. */
    public static void install() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        OutOfMemoryLogFilter filter = new OutOfMemoryLogFilter();
        filter.setContext(context);
        filter.start();
        context.addTurboFilter(filter);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        OutOfMemoryExit.exitIfCausedBy(failure);
        if (arguments != null && arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable last) {
            OutOfMemoryExit.exitIfCausedBy(last);
        }
        return FilterReply.NEUTRAL;
    }
}

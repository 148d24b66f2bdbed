package com.redhat.cloud.exports.export;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The status of an export, derived from those of its sources. */
public enum ExportStatus {
    PENDING,
    RUNNING,
    COMPLETE,
    PARTIAL,
    FAILED;

    /** Derives the status from those of the sources, of which there is at least one. */
    public static ExportStatus of(Collection<SourceStatus> sources) {
        boolean anyPending = sources.contains(SourceStatus.PENDING);
        boolean anyComplete = sources.contains(SourceStatus.COMPLETE);
        boolean anyFailed = sources.contains(SourceStatus.FAILED);
        if (anyPending) {
            return anyComplete || anyFailed ? RUNNING : PENDING;
        }
        if (anyComplete) {
            return anyFailed ? PARTIAL : COMPLETE;
        }
        return FAILED;
    }

    public boolean isFinished() {
        return switch (this) {
            case PENDING, RUNNING -> false;
            case COMPLETE, PARTIAL, FAILED -> true;
        };
    }

    public boolean isDownloadable() {
        return this == COMPLETE || this == PARTIAL;
    }

    /** The name in the database and on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Parses the name in the database; empty for one that is not known, which another program may have written. */
    public static Optional<ExportStatus> of(@Nullable String wireName) {
        return Stream.of(values())
                .filter(status -> status.wireName().equals(wireName))
                .findFirst();
    }
}

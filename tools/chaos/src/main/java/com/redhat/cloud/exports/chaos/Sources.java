package com.redhat.cloud.exports.chaos;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The announced sources and their possible contents. */
public final class Sources {

    /** The error of an application without data. */
    static final int ERROR = 404;

    private final Map<UUID, Source> known = new ConcurrentHashMap<>();

    record Source(UUID id, UUID exportId, int tenant, String format, Plan.Source plan) {

        Payload payload(int candidate) {
            return plan.payload(format, candidate);
        }

        List<Payload> candidates() {
            return switch (plan.answer()) {
                case ERROR, NONE -> List.of();
                case TWO_UPLOADS -> List.of(payload(0), payload(1));
                default -> List.of(payload(0));
            };
        }

        String path(String verb) {
            return "/%s/exampleApp/%s/%s".formatted(exportId, id, verb);
        }
    }

    void add(Source source) {
        known.putIfAbsent(source.id(), source);
    }

    @Nullable
    Source get(UUID id) {
        return known.get(id);
    }
}

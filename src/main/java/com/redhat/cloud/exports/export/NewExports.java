package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.outbox.RequestEvents;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.LimitsProperties;
import com.redhat.cloud.exports.platform.database.StorableText;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Checks requests and makes exports of them. */
@Component
class NewExports {

    /** Characters. Each source's event repeats the identity, so a small request could fill the memory. */
    private static final long MAX_EVENT_TEXT =
            Math.min(32 * 1024 * 1024, Runtime.getRuntime().maxMemory() / 16);

    private final EnabledApplications applications;
    private final RequestEvents events;
    private final LimitsProperties limits;
    private final Lifetimes lifetimes;
    private final Clock clock;

    NewExports(EnabledApplications applications, RequestEvents events, ExportProperties properties, Clock clock) {
        this.applications = applications;
        this.events = events;
        this.limits = properties.limits();
        this.lifetimes = new Lifetimes(
                Duration.ofDays(properties.expiry().afterDays()),
                properties.expiry().minimumLife());
        this.clock = clock;
    }

    /**
     * The order of these checks is part of the contract.
     *
     * @throws ServiceException when a field is invalid, there are too many sources, the filters of one are too large, or
     *     an application or resource is not enabled
     */
    ExportFormat check(ExportRequest request) {
        if (request.sources().isEmpty()) {
            throw ServiceException.invalid("no sources provided");
        }
        if (request.sources().size() > limits.maxSources()) {
            throw ServiceException.tooLarge("more than %d sources".formatted(limits.maxSources()));
        }
        if (request.name().length() > limits.maxNameLength()) {
            throw ServiceException.invalid("'name' is longer than %d characters".formatted(limits.maxNameLength()));
        }
        if (request.name().chars().anyMatch(Character::isISOControl)) {
            // Each would be six characters in JSON. Includes tabs and line breaks: a name is one line.
            throw ServiceException.invalid("'name' holds a control character");
        }
        for (ExportRequest.Source source : request.sources()) {
            if (!applications.contains(source.application(), source.resource())) {
                throw ServiceException.notAcceptable("Payload does not match Configured Exports");
            }
        }
        Filters check = new Filters();
        for (ExportRequest.Source source : request.sources()) {
            if (source.filters() != null) {
                check.require(source.filters());
                // Has the repetitions of a name too.
                StorableText.require("filters", source.filtersText());
                requireSize(source.filters());
            }
        }
        return ExportFormat.of(request.format())
                .orElseThrow(() -> ServiceException.invalid("invalid or missing payload format"));
    }

    /** Filters are measured only where the limit is below that of the whole body. */
    private void requireSize(JsonNode filters) {
        long maxSize = limits.maxFiltersSize().toBytes();
        if (maxSize < limits.maxBodySize().toBytes() && filters.toString().length() > maxSize) {
            throw ServiceException.tooLarge("the filters of a source are larger than %d bytes".formatted(maxSize));
        }
    }

    /**
     * @param identity the x-rh-identity header as sent; events repeat it
     * @throws ServiceException when the events would take too much memory
     */
    NewExport of(ExportRequest request, ExportFormat format, Tenant tenant, String identity, String requestId) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant expires = lifetimes.ofExport(request.expiresAt(), now);
        List<NewExport.Source> sources = new ArrayList<>(request.sources().size());
        long eventText = 0;
        for (ExportRequest.Source source : request.sources()) {
            UUID sourceId = UUID.randomUUID();
            String event = events.of(
                    new RequestEvents.Request(
                            id,
                            sourceId,
                            source.application(),
                            source.resource(),
                            format.wireName(),
                            source.filtersText()),
                    tenant.orgId(),
                    identity,
                    now);
            eventText += event.length();
            if (eventText > MAX_EVENT_TEXT) {
                throw ServiceException.invalid("too many sources for an identity of this size");
            }
            sources.add(new NewExport.Source(
                    sourceId,
                    source.application(),
                    source.resource(),
                    source.filtersText(),
                    lifetimes.ofSource(source.expires(), now, expires),
                    event));
        }
        return new NewExport(id, now, expires, request.name(), format, sources, tenant, identity, requestId);
    }
}

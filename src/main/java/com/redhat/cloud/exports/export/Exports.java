package com.redhat.cloud.exports.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.redhat.cloud.exports.export.ExportStore.ExportState;
import com.redhat.cloud.exports.export.ExportStore.Page;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Share;
import com.redhat.cloud.exports.platform.concurrency.MemoryBudget;
import com.redhat.cloud.exports.platform.concurrency.SingleFlight;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.platform.http.Uuids;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The operations on a tenant's exports: create, status, list, delete (contract section 3). */
@Component("exports")
class Exports {

    /** Seconds a client should wait before it polls again. */
    private static final int POLL_AFTER = 1;

    /** Least characters of a source in a request. */
    private static final int MIN_SOURCE = 35;

    /** Characters of an event without the identity. */
    private static final int EVENT = 1000;

    /** As text, as the text of an array, and as bytes for the database. */
    private static final int COPIES_OF_EVENT = 3;

    private final NewExports requests;
    private final ExportStore store;
    private final int maxPage;
    private final int maxSources;
    private final FairLimiter limiter;
    private final int maxPerOrganisation;
    private final MemoryBudget memory;
    private final SingleFlight<Lookup, ExportState> largeStatuses;

    Exports(NewExports requests, ExportStore store, MemoryBudget memory, ExportProperties properties) {
        this.requests = requests;
        this.store = store;
        this.memory = memory;
        this.largeStatuses = new SingleFlight<>(memory);
        this.maxSources = properties.limits().maxSources();
        this.maxPage = properties.limits().maxPageLength();
        this.limiter = FairLimiter.perOwner("requests", properties.traffic().queueTimeout());
        this.maxPerOrganisation = properties.traffic().maxRequestsPerOrganisation();
    }

    private record Lookup(UUID exportId, Tenant tenant) {}

    /** Waits for the memory of a large request before its body is read. Events repeat the identity. */
    void admit(
            @Variable("tenant") Tenant tenant,
            @Variable("identity") String identity,
            @Variable("contentLength") @Nullable Long contentLength,
            Exchange exchange)
            throws IOException {
        long event = COPIES_OF_EVENT * (long) (EVENT + identity.length());
        memory.reserveForBody(tenant.orgId(), contentLength, event / MIN_SOURCE, event * maxSources, exchange);
    }

    /**
     * Stores an export and the request events of its sources, and wakes the relay. Leaves the export's id in the variable
     * {@code exportId}.
     *
     * @param identity the x-rh-identity header as sent; events repeat it
     * @param key the Idempotency-Key header: a repeated request with the same key makes one export
     * @return the new export, or that of a known key in its current state
     * @throws ServiceException as {@link NewExports#check}, and when the key is malformed, belongs to another request, or
     *     its export is gone
     */
    AcceptedExport create(
            @Body ExportRequestBody body,
            @Variable("tenant") Tenant tenant,
            @Variable("identity") String identity,
            @Variable("requestId") String requestId,
            @Variable("idempotencyKey") @Nullable String key,
            Exchange exchange) {
        ExportRequest request = ExportRequest.parse(body);
        ExportFormat format = requests.check(request);
        Supplier<NewExport> export = () -> requests.of(request, format, tenant, identity, requestId);
        AcceptedExport accepted;
        if (key != null) {
            accepted = limited(tenant, () -> create(export.get(), IdempotencyKey.of(key, body.json()), exchange));
        } else if (ExportStore.isLarge(request.sources().size(), identity)) {
            accepted = limited(tenant, () -> create(export.get()));
        } else {
            accepted = create(export.get());
        }
        exchange.setVariable("exportId", accepted.id());
        return accepted;
    }

    private AcceptedExport create(NewExport export) {
        store.create(export);
        return export.view();
    }

    private AcceptedExport create(NewExport export, IdempotencyKey key, Exchange exchange) {
        ExportStore.Claim claim = store.create(export, key);
        if (claim.exportId().equals(export.id())) {
            return export.view();
        }
        if (!claim.sameRequest()) {
            throw ServiceException.unprocessable("this Idempotency-Key has been used for another request");
        }
        ExportState known = find(claim.exportId(), export.tenant(), exchange);
        if (known == null) {
            throw ServiceException.gone("the export of this Idempotency-Key has expired or been deleted");
        }
        return new StoredExport(claim.exportId(), new String(known.json(), UTF_8));
    }

    /**
     * Returns the export as JSON in UTF-8. Sets Retry-After while it is not finished.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     */
    byte[] status(@Header("id") String id, @Variable("tenant") Tenant tenant, Exchange exchange) {
        UUID exportId = Uuids.ofExport(id);
        ExportState export = find(exportId, tenant, exchange);
        if (export == null) {
            throw ExportNotFoundException.of(exportId);
        }
        if (!export.finished()) {
            exchange.getMessage().setHeader("Retry-After", POLL_AFTER);
        }
        return export.json();
    }

    /** Returns the export with its JSON, however large; null when the tenant has no such export. */
    private @Nullable ExportState find(UUID exportId, Tenant tenant, Exchange exchange) {
        ExportState export = store.find(exportId, tenant);
        while (export != null && export.json() == null) {
            // It may grow in the meantime.
            long maxBytes = export.size() + MemoryBudget.SMALL;
            export = largeStatuses.get(
                    tenant.orgId(),
                    new Lookup(exportId, tenant),
                    maxBytes,
                    exchange,
                    () -> store.findLarge(exportId, tenant, maxBytes));
        }
        return export;
    }

    /**
     * Returns a page of the tenant's exports as JSON in UTF-8.
     *
     * @param query the request's query parameters, each with its values
     * @throws ServiceException when one of them is invalid
     */
    byte[] list(
            @Variable("query") @Nullable Map<String, List<String>> query,
            @Variable("tenant") Tenant tenant,
            Exchange exchange) {
        ListQuery page = ListQuery.parse(query == null ? Map.of() : query, maxPage);
        Page found = list(page, tenant, MemoryBudget.SMALL);
        while (found.json() == null) {
            // It may grow in the meantime.
            long maxBytes = found.size() + MemoryBudget.SMALL;
            // Once as PostgreSQL's result, once within the answer.
            memory.reserve(tenant.orgId(), 2 * maxBytes, exchange);
            found = list(page, tenant, maxBytes);
        }
        return found.json();
    }

    /** Runs expensive work, of which an organisation may have only so much at a time. */
    private <T> T limited(Tenant tenant, Supplier<T> work) {
        return limiter.call(new Share(tenant.orgId(), maxPerOrganisation), work);
    }

    private Page list(ListQuery page, Tenant tenant, long maxBytes) {
        return limited(tenant, () -> store.list(page, tenant, maxBytes));
    }

    /**
     * Deletes an export in any status; its content is deleted soon after.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     */
    void delete(@Header("id") String id, @Variable("tenant") Tenant tenant) {
        UUID exportId = Uuids.ofExport(id);
        if (!limited(tenant, () -> store.delete(exportId, tenant))) {
            throw ExportNotFoundException.of(exportId);
        }
    }
}

package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.config.ExportProperties;
import com.redhat.cloud.exports.export.ExportStore.ExportStanding;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.limits.Turns;
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

/** A tenant's exports: create, status, list, delete (contract section 3). */
@Component("exports")
public class Exports {

    /** How long a client should wait before it asks again, in seconds. */
    private static final int POLL_AFTER = 1;

    private final NewExports requests;
    private final ExportStore store;
    private final int mostOfPage;
    private final Turns turns;

    Exports(NewExports requests, ExportStore store, ExportProperties properties) {
        this.requests = requests;
        this.store = store;
        this.mostOfPage = properties.limits().page();
        this.turns = new Turns(
                "requests",
                properties.traffic().requestsOfOne(),
                properties.traffic().patience());
    }

    /**
     * Stores an export and the request events of its sources, and wakes the relay. The export's id is left in the
     * variable {@code exportId}.
     *
     * @param body the request, any JSON value
     * @param identity the x-rh-identity header as it came; the events carry it on
     * @param key the Idempotency-Key header: with it the same request makes one export, however often it comes
     * @return the new export, or with a known key its export as it stands
     * @throws InvalidRequestException when the request is not as it should be
     * @throws RequestOverLimitException when it has too many sources, or filters that are too large
     * @throws ApplicationNotEnabledException when a source's application or resource is not exported here
     * @throws IdempotencyKeyException when the key is none, is that of another request, or its export is gone
     */
    AcceptedExport create(
            @Body JsonNode body,
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
            accepted = turns.take(tenant.orgId(), () -> create(export.get(), IdempotencyKey.of(key, body)));
        } else if (ExportStore.isLarge(request.sources().size(), identity)) {
            accepted = turns.take(tenant.orgId(), () -> create(export.get()));
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

    private AcceptedExport create(NewExport export, IdempotencyKey key) {
        ExportStore.Claim claim = store.create(export, key);
        if (claim.exportId().equals(export.id())) {
            return export.view();
        }
        if (!claim.sameRequest()) {
            throw IdempotencyKeyException.ofAnotherRequest();
        }
        ExportStanding known = store.find(claim.exportId(), export.tenant());
        if (known == null) {
            throw IdempotencyKeyException.exportIsGone();
        }
        return new StoredExport(claim.exportId(), known.json());
    }

    /**
     * The export as JSON text. While it is not finished the message carries Retry-After.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     */
    String status(@Header("id") String id, @Variable("tenant") Tenant tenant, Exchange exchange) {
        UUID exportId = Uuids.ofExport(id);
        ExportStanding export = store.find(exportId, tenant);
        if (export == null) {
            throw ExportNotFoundException.of(exportId);
        }
        if (!export.finished()) {
            exchange.getMessage().setHeader("Retry-After", POLL_AFTER);
        }
        return export.json();
    }

    /**
     * A page of the tenant's exports as JSON text.
     *
     * @param query the request's query parameters, each with its values
     * @throws InvalidRequestException when one of them is not as it should be
     */
    String list(@Variable("query") @Nullable Map<String, List<String>> query, @Variable("tenant") Tenant tenant) {
        ListQuery page = ListQuery.parse(query == null ? Map.of() : query, mostOfPage);
        return turns.take(tenant.orgId(), () -> store.list(page, tenant));
    }

    /**
     * Deletes an export, whatever its status; its content is erased soon after.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     */
    void delete(@Header("id") String id, @Variable("tenant") Tenant tenant) {
        UUID exportId = Uuids.ofExport(id);
        if (!turns.<Boolean>take(tenant.orgId(), () -> store.delete(exportId, tenant))) {
            throw ExportNotFoundException.of(exportId);
        }
    }
}

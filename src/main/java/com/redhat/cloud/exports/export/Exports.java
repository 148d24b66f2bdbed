package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.config.ExportProperties;
import com.redhat.cloud.exports.config.SqlStatement;
import com.redhat.cloud.exports.event.EventRelay;
import com.redhat.cloud.exports.event.RequestEvents;
import com.redhat.cloud.exports.extension.Hook;
import com.redhat.cloud.exports.extension.Hooks;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.limits.Turns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A tenant's exports: create, status, list, delete (contract section 3). */
@Component("exports")
public class Exports {

    private static final SqlStatement CREATE = SqlStatement.read("export/create");
    private static final SqlStatement CREATE_ONCE = SqlStatement.read("export/create-once");
    private static final SqlStatement STATUS = SqlStatement.read("export/status");
    private static final SqlStatement DELETE = SqlStatement.read("export/delete");

    /** How long a client should wait before it asks again, in seconds. */
    private static final int POLL_AFTER = 1;

    /** Each source's event repeats the identity, so that one small request could fill the memory; characters. */
    private static final int MOST_EVENT_TEXT = 32 * 1024 * 1024;

    private final JdbcClient database;
    private final EnabledApplications applications;
    private final RequestEvents events;
    private final EventRelay relay;
    private final Hooks hooks;
    private final Duration life;
    private final ExportProperties.Limits limits;
    private final Duration keysKept;
    private final Turns turns;
    private final Clock clock;

    Exports(
            JdbcClient database,
            EnabledApplications applications,
            RequestEvents events,
            EventRelay relay,
            Hooks hooks,
            ExportProperties properties,
            Clock clock) {
        this.database = database;
        this.applications = applications;
        this.events = events;
        this.relay = relay;
        this.hooks = hooks;
        this.life = Duration.ofDays(properties.expiry().afterDays());
        this.limits = properties.limits();
        this.keysKept = properties.expiry().idempotencyKeys();
        this.turns = new Turns(
                "requests",
                properties.traffic().requestsOfOne(),
                properties.traffic().patience());
        this.clock = clock;
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
        AcceptedExport export = turns.take(tenant.orgId(), () -> create(body, tenant, identity, requestId, key));
        exchange.setVariable("exportId", export.id());
        return export;
    }

    private AcceptedExport create(
            JsonNode body, Tenant tenant, String identity, String requestId, @Nullable String key) {
        ExportRequest request = ExportRequest.parse(body);
        ExportFormat format = check(request);
        NewExport export = prepare(request, format, tenant, identity);
        Map<String, @Nullable Object> parameters = export.parameters(tenant, identity, requestId);
        if (key != null) {
            return createOnce(export, parameters, IdempotencyKey.of(key, body), tenant);
        }
        hooks.tellingOf(
                Hook.EXPORT_CREATED,
                export.id(),
                () -> CREATE.on(database).params(parameters).update());
        relay.wake();
        return export.view();
    }

    private AcceptedExport createOnce(
            NewExport export, Map<String, @Nullable Object> parameters, IdempotencyKey key, Tenant tenant) {
        parameters.put("key", key.text());
        parameters.put("request", key.request());
        parameters.put("keptSeconds", keysKept.toSeconds());
        Claim claim = hooks.tellingOf(
                Hook.EXPORT_CREATED,
                export.id(),
                () -> CREATE_ONCE
                        .on(database)
                        .params(parameters)
                        .query((row, number) ->
                                new Claim(row.getObject("export_id", UUID.class), row.getBoolean("same_request")))
                        .single());
        if (claim.exportId().equals(export.id())) {
            relay.wake();
            return export.view();
        }
        if (!claim.sameRequest()) {
            throw IdempotencyKeyException.ofAnotherRequest();
        }
        return find(claim.exportId(), tenant)
                .map(status -> new StoredExport(claim.exportId(), status.json()))
                .orElseThrow(IdempotencyKeyException::exportIsGone);
    }

    /** @param exportId what the key was used for first, or just now */
    private record Claim(UUID exportId, boolean sameRequest) {}

    private NewExport prepare(ExportRequest request, ExportFormat format, Tenant tenant, String identity) {
        UUID id = UUID.randomUUID();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant expires = request.expiresAt() == null
                ? now.plus(life)
                : request.expiresAt().truncatedTo(ChronoUnit.MICROS);
        List<NewExport.Source> sources = new ArrayList<>(request.sources().size());
        long eventText = 0;
        for (ExportRequest.Source source : request.sources()) {
            UUID sourceId = UUID.randomUUID();
            String event = events.of(
                    new RequestEvents.Request(
                            id, sourceId, source.application(), source.resource(), format.word(), source.filters()),
                    tenant.orgId(),
                    identity,
                    now);
            eventText += event.length();
            if (eventText > MOST_EVENT_TEXT) {
                throw InvalidRequestException.because("too many sources for an identity of this size");
            }
            sources.add(new NewExport.Source(
                    sourceId, source.application(), source.resource(), source.filters(), source.expires(), event));
        }
        return new NewExport(id, now, expires, request.name(), format, sources);
    }

    /** The order of these checks is part of the contract. */
    private ExportFormat check(ExportRequest request) {
        if (request.sources().isEmpty()) {
            throw InvalidRequestException.because("no sources provided");
        }
        if (request.sources().size() > limits.sources()) {
            throw RequestOverLimitException.because("more than %d sources".formatted(limits.sources()));
        }
        if (request.name().length() > limits.nameLength()) {
            throw InvalidRequestException.because("'name' is longer than %d characters".formatted(limits.nameLength()));
        }
        for (ExportRequest.Source source : request.sources()) {
            if (!applications.contains(source.application(), source.resource())) {
                throw new ApplicationNotEnabledException();
            }
        }
        Filters check = new Filters();
        for (ExportRequest.Source source : request.sources()) {
            if (source.filters() != null) {
                check.require(source.filters());
                requireSize(source.filters());
            }
        }
        return ExportFormat.of(request.format())
                .orElseThrow(() -> InvalidRequestException.because("invalid or missing payload format"));
    }

    /** Filters that may be as large as the whole body need not be written out to be measured. */
    private void requireSize(JsonNode filters) {
        long most = limits.filters().toBytes();
        if (most < limits.body().toBytes() && filters.toString().length() > most) {
            throw RequestOverLimitException.because("the filters of a source are larger than %d bytes".formatted(most));
        }
    }

    /**
     * The export as JSON text. While it is not finished the message carries Retry-After.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     */
    String status(@Header("id") String id, @Variable("tenant") Tenant tenant, Exchange exchange) {
        UUID exportId = Uuids.ofExport(id);
        Status status = turns.take(tenant.orgId(), () -> find(exportId, tenant))
                .orElseThrow(() -> ExportNotFoundException.of(exportId));
        if (!status.finished()) {
            exchange.getMessage().setHeader("Retry-After", POLL_AFTER);
        }
        return status.json();
    }

    private Optional<Status> find(UUID exportId, Tenant tenant) {
        return STATUS.on(database)
                .params(ownedBy(tenant, exportId))
                .query((row, number) -> new Status(row.getBoolean("finished"), row.getString("json")))
                .optional();
    }

    private record Status(boolean finished, String json) {}

    /**
     * A page of the tenant's exports as JSON text.
     *
     * @param query the request's query parameters, each with its values
     * @throws InvalidRequestException when one of them is not as it should be
     */
    String list(@Variable("query") @Nullable Map<String, List<String>> query, @Variable("tenant") Tenant tenant) {
        ListQuery page = ListQuery.parse(query == null ? Map.of() : query, limits.page());
        ListStatement list = new ListStatement(page);
        return turns.take(
                tenant.orgId(),
                () -> list.statement()
                        .on(database)
                        .params(list.parameters(tenant))
                        .query((row, number) -> {
                            long count = row.getLong("count");
                            return "{\"meta\":{\"count\":" + count + "},\"links\":" + page.links(count) + ",\"data\":"
                                    + row.getString("data") + "}";
                        })
                        .single());
    }

    /**
     * Deletes an export, whatever its status; its content is erased soon after.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     */
    void delete(@Header("id") String id, @Variable("tenant") Tenant tenant) {
        UUID exportId = Uuids.ofExport(id);
        int deleted = turns.take(
                tenant.orgId(),
                () -> DELETE.on(database).params(ownedBy(tenant, exportId)).update());
        if (deleted == 0) {
            throw ExportNotFoundException.of(exportId);
        }
    }

    private static Map<String, Object> ownedBy(Tenant tenant, UUID exportId) {
        return Map.of(
                "id", exportId,
                "orgId", tenant.orgId(),
                "username", tenant.username(),
                "accountNumber", tenant.accountNumber());
    }
}

package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.config.ExportProperties;
import com.redhat.cloud.exports.config.SqlStatement;
import com.redhat.cloud.exports.event.EventRelay;
import com.redhat.cloud.exports.event.RequestEvents;
import com.redhat.cloud.exports.extension.Hook;
import com.redhat.cloud.exports.extension.Hooks;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.limits.Batcher;
import com.redhat.cloud.exports.limits.Turns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionException;

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

    /**
     * Requests of one kind that go to the database together, and how many such batches at a time. With two, one is put
     * together while the other waits for the disk.
     */
    private static final int MOST_TOGETHER = 32;

    private static final int BATCHES = 2;

    /** Of the events of exports that are created together, unless one alone has more; characters. */
    private static final int MOST_TEXT_TOGETHER = 1024 * 1024;

    private final JdbcClient database;
    private final EnabledApplications applications;
    private final RequestEvents events;
    private final EventRelay relay;
    private final Hooks hooks;
    private final Duration life;
    private final ExportProperties.Limits limits;
    private final Duration keysKept;
    private final Turns turns;
    private final Batcher<NewExport, NewExport> creating;
    private final Batcher<Wanted, Status> finding;
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
        this.creating = new Batcher<>(
                "requests",
                BATCHES,
                export -> MOST_TEXT_TOGETHER / MOST_TOGETHER + export.eventText(),
                MOST_TEXT_TOGETHER,
                properties.traffic().patience(),
                Exports::concern,
                this::store);
        this.finding = new Batcher<>(
                "requests",
                BATCHES,
                wanted -> 1,
                MOST_TOGETHER,
                properties.traffic().patience(),
                Exports::concern,
                this::find);
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
        ExportRequest request = ExportRequest.parse(body);
        ExportFormat format = check(request);
        Supplier<NewExport> export = () -> prepare(request, format, tenant, identity, requestId);
        AcceptedExport accepted;
        if (key != null) {
            accepted = turns.take(tenant.orgId(), () -> createOnce(export.get(), IdempotencyKey.of(key, body)));
        } else if ((long) request.sources().size() * identity.length() > MOST_TEXT_TOGETHER / MOST_TOGETHER) {
            // It takes much more memory than its request, and not while it waits.
            accepted = turns.take(tenant.orgId(), () -> createTogether(export.get()));
        } else {
            accepted = createTogether(export.get());
        }
        exchange.setVariable("exportId", accepted.id());
        return accepted;
    }

    private AcceptedExport createTogether(NewExport export) {
        return Objects.requireNonNull(creating.ask(export.tenant().orgId(), export))
                .view();
    }

    private List<NewExport> store(List<NewExport> exports) {
        hooks.tellingOf(
                Hook.EXPORT_CREATED,
                exports.stream().map(NewExport::id).toList(),
                () -> CREATE.on(database).params(NewExport.parameters(exports)).update());
        relay.wake();
        return exports;
    }

    private AcceptedExport createOnce(NewExport export, IdempotencyKey key) {
        Claim claim = hooks.tellingOf(
                Hook.EXPORT_CREATED,
                List.of(export.id()),
                () -> CREATE_ONCE
                        .on(database)
                        .params(NewExport.parameters(List.of(export)))
                        .params(ownedBy(export.tenant(), export.id()))
                        .param("key", key.text())
                        .param("request", key.request())
                        .param("keptSeconds", keysKept.toSeconds())
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
        Status status =
                find(List.of(new Wanted(claim.exportId(), export.tenant()))).getFirst();
        if (status == null) {
            throw IdempotencyKeyException.exportIsGone();
        }
        return new StoredExport(claim.exportId(), status.json());
    }

    /** @param exportId what the key was used for first, or just now */
    private record Claim(UUID exportId, boolean sameRequest) {}

    private static Batcher.Concern concern(RuntimeException failure) {
        return switch (failure) {
            // None is to be had for as long as the pool waits for one.
            case CannotGetJdbcConnectionException e -> Batcher.Concern.EVERYBODY;
            case CannotCreateTransactionException e -> Batcher.Concern.EVERYBODY;
            case DataAccessResourceFailureException e -> Batcher.Concern.BATCH;
            case TransientDataAccessException e -> Batcher.Concern.BATCH;
            case RecoverableDataAccessException e -> Batcher.Concern.BATCH;
            case TransactionException e -> Batcher.Concern.BATCH;
            default -> Batcher.Concern.ONE;
        };
    }

    private NewExport prepare(
            ExportRequest request, ExportFormat format, Tenant tenant, String identity, String requestId) {
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
        return new NewExport(id, now, expires, request.name(), format, sources, tenant, identity, requestId);
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
        Status status = finding.ask(tenant.orgId(), new Wanted(exportId, tenant));
        if (status == null) {
            throw ExportNotFoundException.of(exportId);
        }
        if (!status.finished()) {
            exchange.getMessage().setHeader("Retry-After", POLL_AFTER);
        }
        return status.json();
    }

    private record Wanted(UUID exportId, Tenant tenant) {}

    private record Status(boolean finished, String json) {}

    /** @return null for each that its tenant does not have */
    private List<@Nullable Status> find(List<Wanted> wanted) {
        @Nullable Status[] found = new Status[wanted.size()];
        STATUS.on(database)
                .param("ids", column(wanted, one -> one.exportId().toString()))
                .param("orgIds", column(wanted, one -> one.tenant().orgId()))
                .param("usernames", column(wanted, one -> one.tenant().username()))
                .param("accountNumbers", column(wanted, one -> one.tenant().accountNumber()))
                .query(row -> {
                    while (row.next()) {
                        found[row.getInt("number") - 1] = new Status(row.getBoolean("finished"), row.getString("json"));
                    }
                    return found;
                });
        return Arrays.asList(found);
    }

    private static String[] column(List<Wanted> wanted, Function<Wanted, String> value) {
        return wanted.stream().map(value).toArray(String[]::new);
    }

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

package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.config.ExportProperties;
import com.redhat.cloud.exports.config.SqlFile;
import com.redhat.cloud.exports.event.EventRelay;
import com.redhat.cloud.exports.event.RequestEvents;
import com.redhat.cloud.exports.identity.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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

    /** As PostgreSQL prints it in {@code sql/export/status.sql}, so that an export always looks the same. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final String CREATE = SqlFile.read("export/create");
    private static final String STATUS = SqlFile.read("export/status");
    private static final String DELETE = SqlFile.read("export/delete");

    /** How long a client should wait before it asks again, in seconds. */
    private static final int POLL_AFTER = 1;

    /** Each source's event repeats the identity, so that one small request could fill the memory; characters. */
    private static final int MOST_EVENT_TEXT = 32 * 1024 * 1024;

    private final JdbcClient database;
    private final EnabledApplications applications;
    private final RequestEvents events;
    private final EventRelay relay;
    private final Duration life;
    private final ExportProperties.Limits limits;
    private final Clock clock;

    Exports(
            JdbcClient database,
            EnabledApplications applications,
            RequestEvents events,
            EventRelay relay,
            ExportProperties properties,
            Clock clock) {
        this.database = database;
        this.applications = applications;
        this.events = events;
        this.relay = relay;
        this.life = Duration.ofDays(properties.expiry().afterDays());
        this.limits = properties.limits();
        this.clock = clock;
    }

    /**
     * Stores an export and the request events of its sources, and wakes the relay.
     *
     * @param body the request, any JSON value
     * @param identity the x-rh-identity header as it came; the events carry it on
     * @throws InvalidRequestException when the request is not as it should be
     * @throws RequestOverLimitException when it has too many sources, or filters that are too large
     * @throws ApplicationNotEnabledException when a source's application or resource is not exported here
     */
    ExportView create(
            @Body JsonNode body,
            @Variable("tenant") Tenant tenant,
            @Variable("identity") String identity,
            @Variable("requestId") String requestId) {
        ExportRequest request = ExportRequest.parse(body);
        ExportFormat format = check(request);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant expires = request.expiresAt() == null
                ? now.plus(life)
                : request.expiresAt().truncatedTo(ChronoUnit.MICROS);
        UUID id = UUID.randomUUID();

        List<ExportView.Source> sources = new ArrayList<>();
        long eventText = 0;
        String[][] columns = new String[6][request.sources().size()];
        for (int i = 0; i < request.sources().size(); i++) {
            ExportRequest.Source source = request.sources().get(i);
            UUID sourceId = UUID.randomUUID();
            JsonNode filters = source.filters();
            sources.add(new ExportView.Source(sourceId, source.application(), "pending", source.resource(), filters));
            columns[0][i] = sourceId.toString();
            columns[1][i] = source.application();
            columns[2][i] = source.resource();
            columns[3][i] = filters == null ? null : text(filters);
            columns[4][i] = source.expires() == null ? null : source.expires().toString();
            columns[5][i] = events.of(
                    new RequestEvents.Request(
                            id, sourceId, source.application(), source.resource(), format.word(), filters),
                    tenant.orgId(),
                    identity,
                    now);
            eventText += columns[5][i].length();
            if (eventText > MOST_EVENT_TEXT) {
                throw InvalidRequestException.because("too many sources for an identity of this size");
            }
        }
        database.sql(CREATE)
                .param("id", id)
                .param("createdAt", OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                .param("expires", OffsetDateTime.ofInstant(expires, ZoneOffset.UTC))
                .param("requestId", requestId)
                .param("name", request.name())
                .param("format", format.word())
                .param("accountNumber", tenant.accountNumber())
                .param("orgId", tenant.orgId())
                .param("username", tenant.username())
                .param("identity", identity)
                .param("sourceIds", columns[0])
                .param("applications", columns[1])
                .param(
                        "distinctApplications",
                        Stream.of(columns[1]).distinct().sorted().toArray(String[]::new))
                .param("resources", columns[2])
                .param("filters", columns[3])
                .param("sourceExpires", columns[4])
                .param("events", columns[5])
                .update();
        relay.wake();
        return new ExportView(
                id,
                TIMESTAMP.format(now),
                TIMESTAMP.format(expires),
                request.name(),
                format.word(),
                ExportStatus.PENDING.word(),
                sources);
    }

    private String text(JsonNode filters) {
        String text = filters.toString();
        if (text.length() > limits.filters().toBytes()) {
            throw RequestOverLimitException.because("the filters of a source are larger than %d bytes"
                    .formatted(limits.filters().toBytes()));
        }
        return text;
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
            }
        }
        return ExportFormat.of(request.format())
                .orElseThrow(() -> InvalidRequestException.because("invalid or missing payload format"));
    }

    /**
     * The export as JSON text. While it is not finished the message carries Retry-After.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     */
    String status(@Header("id") String id, @Variable("tenant") Tenant tenant, Exchange exchange) {
        UUID exportId = Uuids.ofExport(id);
        Status status = database.sql(STATUS)
                .params(ownedBy(tenant, exportId))
                .query((row, number) -> new Status(row.getBoolean("finished"), row.getString("json")))
                .optional()
                .orElseThrow(() -> ExportNotFoundException.of(exportId));
        if (!status.finished()) {
            exchange.getMessage().setHeader("Retry-After", POLL_AFTER);
        }
        return status.json();
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
        ListStatement statement = new ListStatement(page);
        return database.sql(statement.sql())
                .params(statement.parameters(tenant))
                .query((row, number) ->
                        """
                        {"meta":{"count":%d},"links":%s,"data":%s}""".formatted(row.getLong("count"), page.links(row.getLong("count")), row.getString("data")))
                .single();
    }

    /**
     * Deletes an export, whatever its status; its content is erased soon after.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     */
    void delete(@Header("id") String id, @Variable("tenant") Tenant tenant) {
        UUID exportId = Uuids.ofExport(id);
        int deleted = database.sql(DELETE).params(ownedBy(tenant, exportId)).update();
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

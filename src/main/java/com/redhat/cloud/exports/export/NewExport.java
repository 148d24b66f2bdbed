package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.identity.Tenant;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An export about to be stored, everything pending.
 *
 * @param createdAt in microseconds, as the database keeps it; so is {@code expires}
 */
record NewExport(
        UUID id, Instant createdAt, Instant expires, String name, ExportFormat format, List<NewExport.Source> sources) {

    /** As PostgreSQL prints it in {@code sql/export/status.sql}, so that an export always looks the same. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * @param expires when its data goes, null for the export's own time
     * @param event the request event, JSON text
     */
    record Source(
            UUID id,
            String application,
            String resource,
            @Nullable JsonNode filters,
            @Nullable Instant expires,
            String event) {}

    /** What {@code sql/export/create.sql} names; of the sources one array a column. */
    Map<String, @Nullable Object> parameters(Tenant tenant, String identity, String requestId) {
        String[] applications = column(Source::application);
        Map<String, @Nullable Object> parameters = HashMap.newHashMap(20);
        parameters.put("id", id);
        parameters.put("createdAt", OffsetDateTime.ofInstant(createdAt, ZoneOffset.UTC));
        parameters.put("expires", OffsetDateTime.ofInstant(expires, ZoneOffset.UTC));
        parameters.put("requestId", requestId);
        parameters.put("name", name);
        parameters.put("format", format.word());
        parameters.put("accountNumber", tenant.accountNumber());
        parameters.put("orgId", tenant.orgId());
        parameters.put("username", tenant.username());
        parameters.put("identity", identity);
        parameters.put("sourceIds", column(source -> source.id().toString()));
        parameters.put("applications", applications);
        parameters.put(
                "distinctApplications",
                Stream.of(applications).distinct().sorted().toArray(String[]::new));
        parameters.put("resources", column(Source::resource));
        parameters.put("filters", column(source -> text(source.filters())));
        parameters.put("sourceExpires", column(source -> text(source.expires())));
        parameters.put("events", column(Source::event));
        return parameters;
    }

    private @Nullable String[] column(Function<Source, @Nullable String> value) {
        @Nullable String[] column = new String[sources.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(sources.get(i));
        }
        return column;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    ExportView view() {
        List<ExportView.Source> views = new ArrayList<>(sources.size());
        for (Source source : sources) {
            views.add(new ExportView.Source(
                    source.id(), source.application(), "pending", source.resource(), source.filters()));
        }
        return new ExportView(
                id,
                TIMESTAMP.format(createdAt),
                TIMESTAMP.format(expires),
                name,
                format.word(),
                ExportStatus.PENDING.word(),
                views);
    }
}

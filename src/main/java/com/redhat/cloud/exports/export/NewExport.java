package com.redhat.cloud.exports.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.redhat.cloud.exports.identity.Tenant;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An export to be stored, everything pending.
 *
 * @param createdAt truncated to microseconds, as in the database; so is {@code expires}
 * @param identity the x-rh-identity header as sent; events repeat it
 */
record NewExport(
        UUID id,
        Instant createdAt,
        Instant expires,
        String name,
        ExportFormat format,
        List<NewExport.Source> sources,
        Tenant tenant,
        String identity,
        String requestId) {

    /** As PostgreSQL prints times in {@code sql/export/status.sql}. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * @param filters a JSON object as it was sent, compact; null when there is none
     * @param expires when its data expires; null for the export's expiry
     * @param event the request event as JSON
     */
    record Source(
            UUID id,
            String application,
            String resource,
            @Nullable String filters,
            @Nullable Instant expires,
            String event) {}

    /** Characters of all its events. */
    long eventText() {
        long text = 0;
        for (Source source : sources) {
            text += source.event().length();
        }
        return text;
    }

    /** The parameters of {@code sql/export/create.sql}, one array a column: those of exports, then those of sources. */
    static Map<String, Object> parameters(List<NewExport> exports) {
        Map<String, Object> parameters = HashMap.newHashMap(19);
        parameters.put("ids", column(exports, export -> text(export.id), String[]::new));
        parameters.put("createdAt", column(exports, export -> text(export.createdAt), String[]::new));
        parameters.put("expires", column(exports, export -> text(export.expires), String[]::new));
        parameters.put("requestIds", column(exports, NewExport::requestId, String[]::new));
        parameters.put("names", column(exports, NewExport::name, String[]::new));
        parameters.put("formats", column(exports, export -> export.format.wireName(), String[]::new));
        parameters.put("accountNumbers", column(exports, export -> export.tenant.accountNumber(), String[]::new));
        parameters.put("orgIds", column(exports, export -> export.tenant.orgId(), String[]::new));
        parameters.put("usernames", column(exports, export -> export.tenant.username(), String[]::new));
        parameters.put("distinctApplications", column(exports, NewExport::distinctApplications, String[]::new));
        parameters.put("identities", column(exports, NewExport::identity, String[]::new));

        List<Numbered> sources = new ArrayList<>();
        for (int export = 0; export < exports.size(); export++) {
            int position = 0;
            for (Source source : exports.get(export).sources) {
                sources.add(new Numbered(export + 1, ++position, source));
            }
        }
        parameters.put("exports", column(sources, Numbered::export, Integer[]::new));
        parameters.put("positions", column(sources, Numbered::position, Integer[]::new));
        parameters.put("sourceIds", column(sources, numbered -> text(numbered.source.id()), String[]::new));
        parameters.put("applications", column(sources, numbered -> numbered.source.application(), String[]::new));
        parameters.put("resources", column(sources, numbered -> numbered.source.resource(), String[]::new));
        parameters.put("filters", column(sources, numbered -> numbered.source.filters(), String[]::new));
        parameters.put("sourceExpires", column(sources, numbered -> text(numbered.source.expires()), String[]::new));
        parameters.put("events", column(sources, numbered -> numbered.source.event(), String[]::new));
        return parameters;
    }

    /**
     * @param export its index among the exports, from 1
     * @param position its index in the export, from 1
     */
    private record Numbered(int export, int position, Source source) {}

    private static <R, T> @Nullable T[] column(
            List<R> rows, Function<R, @Nullable T> value, IntFunction<@Nullable T[]> array) {
        @Nullable T[] column = array.apply(rows.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        return column;
    }

    /** Distinct applications in byte order, as the text of an array: PostgreSQL has no ragged arrays. */
    private String distinctApplications() {
        return sources.stream()
                .map(Source::application)
                .distinct()
                .sorted(Comparator.comparing(application -> application.getBytes(UTF_8), Arrays::compareUnsigned))
                .map(application -> '"' + application.replaceAll("[\"\\\\]", "\\\\$0") + '"')
                .collect(Collectors.joining(",", "{", "}"));
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
                format.wireName(),
                ExportStatus.PENDING.wireName(),
                views);
    }
}

package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.export.SourceStatus;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.concurrency.MemoryBudget;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.platform.http.QueryParameters;
import com.redhat.cloud.exports.platform.http.Uuids;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The steps of a preview: the first rows of a source's data, from the first bytes of its object. */
@Component("previews")
class Previews {

    static final int MAX_ROWS = 100;

    private static final int DEFAULT_ROWS = 20;

    /** Bytes of inflated data that are looked at. */
    private static final int MAX_SIZE = 256 * 1024;

    /** Bytes of heap for one preview: its data as bytes, as text, as rows and as JSON. */
    private static final long MEMORY = 16L * MAX_SIZE;

    private final Downloads downloads;
    private final DownloadLimiter limiter;
    private final MemoryBudget memory;

    Previews(Downloads downloads, DownloadLimiter limiter, MemoryBudget memory) {
        this.downloads = downloads;
        this.limiter = limiter;
        this.memory = memory;
    }

    /** Reads the number of rows to show. */
    int rows(@Variable("query") @Nullable Map<String, List<String>> query) {
        return QueryParameters.number(query == null ? Map.of() : query, "rows", DEFAULT_ROWS, 1, MAX_ROWS);
    }

    /** Finds the export as for a download. */
    FinishedExport find(@Header("id") String id, @Variable("tenant") Tenant tenant, Exchange exchange)
            throws IOException {
        return downloads.findReserving(id, tenant, MEMORY, exchange);
    }

    /**
     * Finds the key of the source's object. Sets the variable {@code delimiter} if its data is CSV with another one than
     * commas.
     *
     * @throws ServiceException when the export has no such source, or the source no data
     */
    String storageKey(@Header("sourceId") String id, @Variable("export") FinishedExport export, Exchange exchange) {
        UUID sourceId = Uuids.ofSource(id);
        FinishedExport.Source source = export.sources().stream()
                .filter(one -> one.id().equals(sourceId))
                .findFirst()
                .orElseThrow(() -> ServiceException.notFound("source `%s` not found".formatted(sourceId)));
        if (source.status() == SourceStatus.FAILED) {
            throw ServiceException.notFound("source `%s` has no data".formatted(sourceId));
        }
        if (export.zipKey() != null) {
            throw ServiceException.invalid(
                    "'%s' was made by an earlier service and can be downloaded only".formatted(export.id()));
        }
        if (source.content() == null) {
            throw ServiceException.gone("the data of source `%s` has expired".formatted(sourceId));
        }
        exchange.setVariable(CsvDialects.DELIMITER, source.content().delimiter());
        return source.content().storageKey();
    }

    /** Waits for a permit of a download and for memory; both are released when the answer has been sent. */
    void admit(@Variable("tenant") Tenant tenant, Exchange exchange) {
        FairLimiter.Permit permit = limiter.acquire(tenant);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                permit.close();
            }
        });
        memory.reserve(tenant.orgId(), MEMORY, exchange);
    }

    /**
     * Inflates what can be inflated of a raw deflate stream that is cut anywhere. The variable {@code cut} says whether
     * there is more.
     *
     * @return without a byte order mark, and without a character of which bytes are missing
     */
    String inflate(@Body InputStream deflated, Exchange exchange) throws IOException {
        byte[] data = new byte[MAX_SIZE];
        int size = 0;
        boolean cut;
        Inflater inflater = new Inflater(true);
        try (InputStream in = new InflaterInputStream(deflated, inflater)) {
            int read;
            while (size < data.length && (read = in.read(data, size, data.length - size)) >= 0) {
                size += read;
            }
            cut = size == data.length && in.read() >= 0;
        } catch (EOFException e) {
            cut = true;
        } finally {
            inflater.end();
        }
        exchange.setVariable("cut", cut);
        return decode(ByteBuffer.wrap(data, 0, size), !cut);
    }

    private static String decode(ByteBuffer data, boolean complete) {
        CharBuffer text = CharBuffer.allocate(data.remaining());
        StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .decode(data, text, complete);
        text.flip();
        if (text.hasRemaining() && text.charAt(0) == '\uFEFF') {
            text.get();
        }
        return text.toString();
    }

    /** Leaves out the last line of CSV that is cut. */
    String wholeLines(@Body String csv, @Variable("cut") boolean cut) {
        return cut ? csv.substring(0, Math.max(csv.lastIndexOf('\n'), csv.lastIndexOf('\r')) + 1) : csv;
    }

    /** @param records of CSV; the first one names the columns */
    Preview ofRecords(@Body Iterator<List<String>> records, @Variable("rows") int rows, @Variable("cut") boolean cut) {
        List<String> columns = List.of();
        List<List<@Nullable String>> shown = new ArrayList<>();
        boolean more;
        try {
            if (records.hasNext()) {
                columns = records.next();
            }
            while (shown.size() < rows && records.hasNext()) {
                shown.add(new ArrayList<>(records.next()));
            }
            more = cut || records.hasNext();
        } catch (UncheckedIOException e) {
            // The text is cut within quotes, or is no CSV from here on.
            more = true;
        }
        return Preview.of(columns, shown, more);
    }

    /** The columns are the keys of the rows that are shown, in the order in which they first appear. */
    Preview ofObjects(@Body @Nullable JsonRows data, @Variable("rows") int rows, @Variable("cut") boolean cut) {
        if (data == null || data.rows().isEmpty() && !data.ended() && !cut) {
            throw JsonRows.none();
        }
        List<Map<String, @Nullable String>> shown =
                data.rows().stream().limit(rows).toList();
        Set<String> columns = new LinkedHashSet<>();
        shown.forEach(row -> columns.addAll(row.keySet()));
        List<List<@Nullable String>> cells = shown.stream()
                .map(row -> columns.stream()
                        .limit(Preview.MAX_COLUMNS)
                        .<@Nullable String>map(row::get)
                        .toList())
                .toList();
        return Preview.of(
                List.copyOf(columns), cells, !data.ended() || data.rows().size() > rows);
    }

    /** Refuses a format of which no rows are known. */
    void refuse() {
        throw JsonRows.none();
    }
}

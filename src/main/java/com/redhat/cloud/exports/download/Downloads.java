package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.adoption.Adoption;
import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.concurrency.MemoryBudget;
import com.redhat.cloud.exports.platform.concurrency.YieldingOutputStream;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.platform.http.StreamedBody;
import com.redhat.cloud.exports.platform.http.Uuids;
import java.io.IOException;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The steps of a download: find the export, compose its archive, send it, whole or in part. */
@Component("downloads")
class Downloads {

    /** Bytes of heap for each byte of the manifest: rows, entries of the zip, meta.json and README.md while they are made. */
    private static final int HEAP_PER_BYTE = 10;

    /** Bytes of heap for each file of an archive while it is sent. */
    private static final int HEAP_PER_FILE = 1536;

    private final FinishedExports exports;
    private final Adoption adoption;
    private final ArchiveComposer composer;
    private final DownloadLimiter limiter;
    private final MemoryBudget memory;
    private final String mediaType;

    Downloads(
            FinishedExports exports,
            Adoption adoption,
            ArchiveComposer composer,
            DownloadLimiter limiter,
            MemoryBudget memory,
            ExportProperties properties) {
        this.exports = exports;
        this.adoption = adoption;
        this.composer = composer;
        this.limiter = limiter;
        this.memory = memory;
        this.mediaType = properties.download().mediaType();
    }

    /**
     * Finds the export, and reserves memory if it has many sources. Data that the former service stored is adopted first.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     * @throws ServiceException when it is not complete or partial
     */
    FinishedExport find(@Header("id") String id, @Variable("tenant") Tenant tenant, Exchange exchange)
            throws IOException {
        return findReserving(id, tenant, 0, exchange);
    }

    /** @param minMemory that is reserved if any is */
    FinishedExport findReserving(String id, Tenant tenant, long minMemory, Exchange exchange) throws IOException {
        FinishedExport export = reserveAndFind(Uuids.ofExport(id), tenant, minMemory, exchange);
        if (!export.needsAdoption()) {
            return export;
        }
        adoption.adopt(export.id());
        return reserveAndFind(export.id(), tenant, minMemory, exchange);
    }

    private FinishedExport reserveAndFind(UUID id, Tenant tenant, long minMemory, Exchange exchange) {
        long maxSize = MemoryBudget.SMALL / HEAP_PER_BYTE;
        FinishedExport export = exports.find(id, tenant, maxSize);
        while (export.manifestSize() > maxSize) {
            // Messages of errors, for instance, may be added in the meantime.
            maxSize = export.manifestSize() + MemoryBudget.SMALL;
            memory.reserve(tenant.orgId(), Math.max(maxSize * HEAP_PER_BYTE, minMemory), exchange);
            export = exports.find(id, tenant, maxSize);
        }
        return export;
    }

    /** Lays out the archive; no content is read. Only what the archive needs remains reserved. */
    Archive compose(@Variable("export") FinishedExport export, @Variable("tenant") Tenant tenant, Exchange exchange) {
        Archive archive = composer.compose(export, tenant);
        exchange.removeVariable("export");
        memory.reduce(
                export.manifestSize() + (long) HEAP_PER_FILE * export.sources().size(), exchange);
        return archive;
    }

    /**
     * Leaves status, headers and body of the answer in the message. The body reads the store while it is written, so
     * neither memory nor the time to the first byte depends on the export's size.
     */
    void send(
            @Variable("archive") Archive archive,
            @Variable("tenant") Tenant tenant,
            @Variable("ifMatch") @Nullable String ifMatch,
            @Variable("ifNoneMatch") @Nullable String ifNoneMatch,
            @Variable("ifRange") @Nullable String ifRange,
            @Variable("range") @Nullable String range,
            Exchange exchange) {
        Message answer = exchange.getMessage();
        answer.setHeader("ETag", archive.etag());
        answer.setHeader("Accept-Ranges", "bytes");
        answer.setBody(null);
        switch (DownloadAnswer.decide(archive.length(), archive.etag(), ifMatch, ifNoneMatch, ifRange, range)) {
            case DownloadAnswer.PreconditionFailed failed -> answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 412);
            case DownloadAnswer.NotModified notModified -> answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
            case DownloadAnswer.Unsatisfiable unsatisfiable -> {
                answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 416);
                answer.setHeader("Content-Range", unsatisfiable.contentRange());
            }
            case DownloadAnswer.Whole whole -> send(answer, archive, tenant, 0, archive.length());
            case DownloadAnswer.Partial partial -> {
                answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 206);
                answer.setHeader("Content-Range", partial.contentRange());
                send(answer, archive, tenant, partial.offset(), partial.length());
            }
        }
    }

    private void send(Message answer, Archive archive, Tenant tenant, long offset, long length) {
        answer.setHeader(Exchange.CONTENT_TYPE, mediaType);
        answer.setHeader(Exchange.CONTENT_LENGTH, length);
        answer.setHeader("Content-Disposition", "attachment; filename=\"%s\"".formatted(archive.name()));
        StreamedBody body = out -> {
            try (FairLimiter.Permit permit = limiter.acquire(tenant)) {
                archive.slices().writeTo(new YieldingOutputStream(out), offset, length);
            }
        };
        answer.setBody(body);
    }
}

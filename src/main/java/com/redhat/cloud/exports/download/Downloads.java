package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.adoption.Adoption;
import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.concurrency.YieldingOutputStream;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.platform.http.StreamedBody;
import com.redhat.cloud.exports.platform.http.Uuids;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The steps of a download: find the export, compose its archive, send it or the part that is wanted. */
@Component("downloads")
class Downloads {

    private final FinishedExports exports;
    private final Adoption adoption;
    private final ArchiveComposer composer;
    private final DownloadLimiter limiter;
    private final String mediaType;

    Downloads(
            FinishedExports exports,
            Adoption adoption,
            ArchiveComposer composer,
            DownloadLimiter limiter,
            ExportProperties properties) {
        this.exports = exports;
        this.adoption = adoption;
        this.composer = composer;
        this.limiter = limiter;
        this.mediaType = properties.download().mediaType();
    }

    /**
     * Finds the export. Data that the former service stored is adopted first.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     * @throws ServiceException when it is not complete or partial
     */
    FinishedExport find(@Header("id") String id, @Variable("tenant") Tenant tenant) throws IOException {
        FinishedExport export = exports.find(Uuids.ofExport(id), tenant);
        if (!export.needsAdoption()) {
            return export;
        }
        adoption.adopt(export.id());
        return exports.find(export.id(), tenant);
    }

    /** Lays out the archive; no content is read. */
    Archive compose(@Variable("export") FinishedExport export, @Variable("tenant") Tenant tenant) {
        return composer.compose(export, tenant);
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

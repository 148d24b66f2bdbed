package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.adoption.Adoption;
import com.redhat.cloud.exports.download.zip.ZipEntryData;
import com.redhat.cloud.exports.download.zip.ZipLayout;
import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.export.SourceStatus;
import com.redhat.cloud.exports.export.Uuids;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.concurrency.Places;
import com.redhat.cloud.exports.platform.concurrency.YieldingOutputStream;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.http.StreamedBody;
import com.redhat.cloud.exports.platform.storage.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers a download: the whole archive, a range of it, or that the client has it already (contract section 3). */
@Component("downloads")
public class Downloads {

    private final FinishedExports exports;
    private final Adoption adoption;
    private final ObjectStore store;
    private final ExportProperties.Archive settings;
    private final ReadmeTexts texts;

    /** Of each organisation some: who downloads has a connection to the store, and those are few. */
    private final Places places;

    private final int maxPerOwner;

    Downloads(FinishedExports exports, Adoption adoption, ObjectStore store, ExportProperties properties) {
        this.exports = exports;
        this.adoption = adoption;
        this.store = store;
        this.settings = properties.archive();
        ExportProperties.Traffic traffic = properties.traffic();
        this.places = new Places("downloads", traffic.downloads(), traffic.queueTimeout());
        this.maxPerOwner = traffic.downloadsPerOrganisation();
        this.texts = new ReadmeTexts(
                settings.serviceName(),
                settings.help(),
                settings.helpLink().isBlank()
                        ? List.of()
                        : List.of(new ReadmeTexts.Link("Help and support", URI.create(settings.helpLink()))));
    }

    /**
     * Leaves status, headers and body of the answer in the message. The body reads the store while it is written, so
     * that neither memory nor the time to the first byte depends on the export's size.
     *
     * @throws ExportNotFoundException when the tenant has no such export
     * @throws ExportNotReadyException when it is not complete or partial
     */
    void download(
            @Header("id") String id,
            @Variable("tenant") Tenant tenant,
            @Variable("range") @Nullable String range,
            @Variable("ifRange") @Nullable String ifRange,
            @Variable("ifNoneMatch") @Nullable String ifNoneMatch,
            Exchange exchange)
            throws IOException {
        FinishedExport export = exports.find(Uuids.ofExport(id), tenant);
        if (export.needsAdoption()) {
            adoption.adopt(export.id());
            export = exports.find(export.id(), tenant);
        }
        Download download = export.zipKey() == null ? composed(export, tenant) : stored(export.zipKey());
        Message answer = exchange.getMessage();
        answer.setHeader("ETag", download.etag());
        answer.setHeader("Accept-Ranges", "bytes");
        answer.setBody(null);
        switch (DownloadAnswer.decide(download.length(), download.etag(), range, ifRange, ifNoneMatch)) {
            case DownloadAnswer.NotModified notModified -> answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
            case DownloadAnswer.Unsatisfiable unsatisfiable -> {
                answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 416);
                answer.setHeader("Content-Range", unsatisfiable.contentRange());
            }
            case DownloadAnswer.Whole whole -> send(answer, export, tenant, download, 0, download.length());
            case DownloadAnswer.Partial partial -> {
                answer.setHeader(Exchange.HTTP_RESPONSE_CODE, 206);
                answer.setHeader("Content-Range", partial.contentRange());
                send(answer, export, tenant, download, partial.offset(), partial.length());
            }
        }
    }

    private void send(
            Message answer, FinishedExport export, Tenant tenant, Download download, long offset, long length) {
        answer.setHeader(Exchange.CONTENT_TYPE, settings.mediaType());
        answer.setHeader(Exchange.CONTENT_LENGTH, length);
        answer.setHeader("Content-Disposition", "attachment; filename=\"%s\"".formatted(export.zipName()));
        StreamedBody body = out -> {
            try (Places.Place place = places.take(new Places.Share(tenant.orgId(), maxPerOwner))) {
                download.writeTo(new YieldingOutputStream(out), offset, length);
            }
        };
        answer.setBody(body);
    }

    private Download composed(FinishedExport export, Tenant tenant) {
        List<ZipEntryData> entries = new ArrayList<>();
        List<Manifest.FileMeta> files = new ArrayList<>();
        List<Manifest.FailedFile> failed = new ArrayList<>();
        Instant date = export.createdAt();
        for (FinishedExport.Source source : export.sources()) {
            String name = export.fileName(source);
            FinishedExport.Content content = source.content();
            if (content == null) {
                failed.add(new Manifest.FailedFile(name, source.application(), source.resource(), reason(source)));
            } else {
                files.add(new Manifest.FileMeta(
                        name,
                        source.application(),
                        source.resource(),
                        source.filters(),
                        content.size(),
                        content.sha256()));
                entries.add(new ZipEntryData(
                        name,
                        date,
                        content.deflatedSize(),
                        content.size(),
                        content.crc32(),
                        content.sha256(),
                        (offset, length) -> store.read(content.storageKey(), offset, length)));
            }
        }
        Manifest manifest = new Manifest(tenant.username(), date, tenant.orgId(), files, failed, settings.help());
        entries.add(ZipEntryData.deflate("meta.json", date, manifest.toJson()));
        entries.add(ZipEntryData.deflate(
                "README.md", date, ManifestReadme.render(manifest, texts).getBytes(StandardCharsets.UTF_8)));
        ZipLayout layout = new ZipLayout(entries);
        return new Download(layout.length(), layout.etag(), layout::writeTo);
    }

    /** A zip that the former service has assembled. */
    private Download stored(String key) {
        ObjectStore.Description description = store.describe(key);
        return new Download(description.size(), description.etag(), (out, offset, length) -> {
            try (var content = store.read(key, offset, length)) {
                content.transferTo(out);
            }
        });
    }

    private static Manifest.FileError reason(FinishedExport.Source source) {
        return source.status() == SourceStatus.FAILED
                ? new Manifest.FileError(source.code(), Objects.requireNonNullElse(source.message(), ""))
                : new Manifest.FileError(410, "this source's data has expired");
    }

    /** Something to send: how long, which version, and who writes a slice of it. */
    private record Download(long length, String etag, Slices slices) {

        void writeTo(OutputStream out, long offset, long length) throws IOException {
            slices.writeTo(out, offset, length);
        }
    }

    @FunctionalInterface
    private interface Slices {
        void writeTo(OutputStream out, long offset, long length) throws IOException;
    }
}

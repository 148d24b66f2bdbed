package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.download.zip.ZipEntryData;
import com.redhat.cloud.exports.download.zip.ZipLayout;
import com.redhat.cloud.exports.export.SourceStatus;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.config.DownloadProperties;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.storage.ObjectStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Lays out an export's archive: the sources' stored streams, {@code meta.json} and {@code README.md}. */
@Component
class ArchiveComposer {

    private final ObjectStore store;
    private final ReadmeTexts texts;

    ArchiveComposer(ObjectStore store, ExportProperties properties) {
        DownloadProperties settings = properties.download();
        this.store = store;
        this.texts = new ReadmeTexts(
                settings.serviceName(),
                settings.help(),
                settings.helpLink().isBlank()
                        ? List.of()
                        : List.of(new ReadmeTexts.Link("Help and support", URI.create(settings.helpLink()))));
    }

    /** Reads nothing but the size of a zip that the former service made: contents are read while the archive is sent. */
    Archive compose(FinishedExport export, Tenant tenant) {
        return export.zipKey() == null ? composed(export, tenant) : stored(export, export.zipKey());
    }

    private Archive composed(FinishedExport export, Tenant tenant) {
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
                        content.sha256(),
                        content.byteOrderMark(),
                        content.delimiter()));
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
        Manifest manifest = new Manifest(tenant.username(), date, tenant.orgId(), files, failed, texts.help());
        entries.add(ZipEntryData.deflate("meta.json", date, manifest.toJson()));
        entries.add(ZipEntryData.deflate(
                "README.md", date, ManifestReadme.render(manifest, texts).getBytes(StandardCharsets.UTF_8)));
        ZipLayout layout = new ZipLayout(entries);
        return new Archive(export.zipName(), layout.length(), layout.etag(), layout::writeTo);
    }

    /** A zip that the former service assembled. */
    private Archive stored(FinishedExport export, String key) {
        ObjectStore.Description description = store.describe(key);
        return new Archive(export.zipName(), description.size(), description.etag(), (out, offset, length) -> {
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
}

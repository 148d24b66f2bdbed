package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.ExportFormat;
import com.redhat.cloud.exports.export.SourceStatus;
import com.redhat.cloud.exports.platform.compression.Block;
import com.redhat.cloud.exports.platform.compression.Compression;
import com.redhat.cloud.exports.platform.compression.ParallelDeflater;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.LimitsProperties;
import com.redhat.cloud.exports.platform.config.UploadProperties;
import com.redhat.cloud.exports.platform.config.UploadProperties.Validation;
import com.redhat.cloud.exports.platform.storage.ObjectStore;
import com.redhat.cloud.exports.platform.storage.ObjectUpload;
import com.redhat.cloud.exports.upload.validation.ContentValidator;
import com.redhat.cloud.exports.upload.validation.CsvValidator;
import com.redhat.cloud.exports.upload.validation.JsonValidator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Validates, hashes, deflates and stores a body as it arrives, block by block. Locks no row. */
@Component("uploadPipeline")
class UploadPipeline {

    /** Bytes read at a time when nothing is stored. */
    private static final int BLOCK = 64 * 1024;

    private final SourceRepository sources;
    private final ObjectStore store;
    private final Compression compression;
    private final UploadProperties settings;
    private final LimitsProperties limits;

    UploadPipeline(SourceRepository sources, ObjectStore store, Compression compression, ExportProperties properties) {
        this.sources = sources;
        this.store = store;
        this.compression = compression;
        this.settings = properties.upload();
        this.limits = properties.limits();
    }

    /**
     * Receives the body. Sends deflated parts of 6 MiB as they fill. Sets the variable {@code parts}: 0 when the source has
     * these bytes already; 1 when the object fits one part, which becomes the body of the message; more when all parts but
     * the last are on their way.
     *
     * @throws AlreadyProcessedException when the source has another result
     * @throws PayloadTooLargeException when the body is over the limit
     * @throws com.redhat.cloud.exports.upload.validation.InvalidContentException when it is not valid in the export's format
     */
    void receive(@Variable("upload") Upload upload, @Body InputStream body, Exchange exchange) throws IOException {
        RequestedSource source = upload.source();
        String key = upload.storageKey();
        if (key == null) {
            requireSame(source, body);
            exchange.setVariable("parts", 0);
            return;
        }
        ObjectUpload object = create(key, source.orgId());
        upload.writing(object);
        boolean received = false;
        try {
            upload.received(
                    pass(body, object, key, new Inspection(validator(source.format()), limits.maxRows()), maxSize()));
            received = true;
        } finally {
            if (!received) {
                // Removes the parts before the client gets the response.
                upload.releaseObject();
            }
        }
        exchange.setVariable("parts", object.parts());
        if (object.parts() == 1) {
            exchange.getMessage().setBody(object.onlyPart());
        }
    }

    /** Sends the last part and completes the object. */
    void complete(@Variable("upload") Upload upload) {
        upload.object().complete();
    }

    private ObjectUpload create(String key, String orgId) {
        return store.create(key, orgId, () -> sources.noteMultipartUpload(key));
    }

    private SourceResult.Delivery pass(
            InputStream body, ObjectUpload object, String key, Inspection inspection, long maxSize) throws IOException {
        Lease lease = new Lease(sources, key, settings.lease());
        try (ParallelDeflater deflater = compression.deflateTo(object::write)) {
            for (Block block : compression.blocksOf(body, maxSize, this::tooLarge)) {
                deflater.accept(block, inspection::update);
                lease.renewIfDue();
            }
            deflater.finish();
            ContentDigest digest = inspection.finish();
            return new SourceResult.Delivery(
                    key,
                    digest.size(),
                    deflater.size(),
                    digest.crc32(),
                    digest.sha256(),
                    inspection.hasByteOrderMark(),
                    inspection.delimiter());
        }
    }

    /**
     * Stores a body that has been accepted before, without validating it.
     *
     * @param keep assigns the object to the source; returns false when the source needs it no more
     * @return whether the object was kept; otherwise it is deleted
     */
    boolean store(String orgId, UUID exportId, UUID sourceId, InputStream body, Predicate<SourceResult.Delivery> keep)
            throws IOException {
        String key = sources.startAttempt(orgId, exportId, sourceId).orElse(null);
        if (key == null) {
            return false;
        }
        boolean kept = false;
        try {
            SourceResult.Delivery delivery;
            try (ObjectUpload object = create(key, orgId)) {
                delivery = pass(body, object, key, new Inspection(new AnyContent(), 0), Long.MAX_VALUE);
                object.complete();
            }
            kept = keep.test(delivery);
            return kept;
        } finally {
            if (!kept) {
                sources.abandonAttempt(sourceId, key);
            }
        }
    }

    /** @throws AlreadyProcessedException when the source has other bytes */
    private void requireSame(RequestedSource source, InputStream body) throws IOException {
        RequestedSource.Earlier earlier = source.earlier();
        if (earlier == null) {
            throw new AlreadyProcessedException();
        }
        if (earlier.sha256() == null) {
            requireSameAsFormerServices(source, body);
            return;
        }
        ContentDigest digest = new ContentDigest();
        byte[] block = new byte[BLOCK];
        int count;
        while (digest.size() <= earlier.size() && (count = body.readNBytes(block, 0, BLOCK)) > 0) {
            digest.update(block, 0, count);
        }
        if (!earlier.isSame(digest.size(), digest.sha256())) {
            throw new AlreadyProcessedException();
        }
    }

    /** The former service kept the data unchanged, and no sums of it. */
    private void requireSameAsFormerServices(RequestedSource source, InputStream body) throws IOException {
        if (source.status() != SourceStatus.COMPLETE
                || source.formerStorageKey() == null
                || !store.exists(source.formerStorageKey())) {
            throw new AlreadyProcessedException();
        }
        try (InputStream stored = store.read(source.formerStorageKey())) {
            byte[] sent;
            do {
                sent = body.readNBytes(BLOCK);
                if (!Arrays.equals(sent, stored.readNBytes(BLOCK))) {
                    throw new AlreadyProcessedException();
                }
            } while (sent.length > 0);
        }
    }

    private ContentValidator validator(@Nullable ExportFormat format) {
        if (format == null || settings.validation() == Validation.OFF) {
            return new AnyContent();
        }
        return switch (format) {
            case JSON -> new JsonValidator(limits.maxUploadJsonDepth());
            case CSV -> settings.validation() == Validation.STRICT ? CsvValidator.strict() : CsvValidator.lenient();
        };
    }

    long maxSize() {
        return settings.maxSizeBytes();
    }

    PayloadTooLargeException tooLarge() {
        return PayloadTooLargeException.of(settings.maxSizeMib());
    }

    private static final class AnyContent implements ContentValidator {

        @Override
        public void accept(byte[] block, int offset, int length) {
            // Accepts all bytes.
        }

        @Override
        public void finish() {
            // Accepts any end.
        }

        @Override
        public long rows() {
            return 0;
        }
    }
}

package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.ExportFormat;
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
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Counts, validates, hashes, deflates and stores a body while it arrives, block by block. No row is locked meanwhile. */
@Component("uploadPipeline")
public class UploadPipeline {

    /** Bytes read at a time where nothing is stored. */
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
     * Receives the body. Deflated parts of 6 MiB leave as they fill. Sets the variable {@code parts}: 0 when the source has
     * had this very body before, and there is nothing to store; 1 when the object fits one part, which is the new body; more
     * when all but the last are on their way.
     *
     * @throws AlreadyAnsweredException when the source has another answer
     * @throws PayloadTooLargeException when the body is over the limit
     * @throws com.redhat.cloud.exports.upload.validation.InvalidContentException when it is not of the export's format
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
                // Before the client hears of it: nothing is left of the parts.
                upload.releaseObject();
            }
        }
        exchange.setVariable("parts", object.parts());
        if (object.parts() == 1) {
            exchange.getMessage().setBody(object.onlyPart());
        }
    }

    /** Sends the last part of a larger object and makes the object visible. */
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
            return new SourceResult.Delivery(key, digest.size(), deflater.size(), digest.crc32(), digest.sha256());
        }
    }

    /**
     * Stores a body that has been accepted before, without validating it.
     *
     * @param keep gives the object to the source; false when that has no use for it, so that it is deleted
     * @return whether it was kept; false, too, when the source needs no data any more
     */
    public boolean storeAgain(
            String orgId, UUID exportId, UUID sourceId, InputStream body, Predicate<SourceResult.Delivery> keep)
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

    /** @throws AlreadyAnsweredException when the body is not the one that the source has */
    private static void requireSame(RequestedSource source, InputStream body) throws IOException {
        RequestedSource.Earlier earlier = source.earlier();
        if (earlier == null || earlier.sha256() == null) {
            throw new AlreadyAnsweredException();
        }
        ContentDigest digest = new ContentDigest();
        byte[] block = new byte[BLOCK];
        int count;
        while (digest.size() <= earlier.size() && (count = body.readNBytes(block, 0, BLOCK)) > 0) {
            digest.update(block, 0, count);
        }
        if (!earlier.isSame(digest.size(), digest.sha256())) {
            throw new AlreadyAnsweredException();
        }
    }

    private ContentValidator validator(ExportFormat format) {
        if (settings.validation() == Validation.OFF) {
            return new AnyContent();
        }
        return switch (format) {
            case JSON -> new JsonValidator(limits.maxUploadJsonDepth());
            case CSV -> new CsvValidator(settings.validation() == Validation.STRICT);
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
            // Any bytes will do.
        }

        @Override
        public void finish() {
            // Any end will do.
        }

        @Override
        public long rows() {
            return 0;
        }
    }
}

package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.ExportFormat;
import com.redhat.cloud.exports.platform.compression.Block;
import com.redhat.cloud.exports.platform.compression.Deflaters;
import com.redhat.cloud.exports.platform.compression.Deflating;
import com.redhat.cloud.exports.platform.concurrency.BackgroundThreads;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.ExportProperties.Validation;
import com.redhat.cloud.exports.platform.storage.ObjectStore;
import com.redhat.cloud.exports.platform.storage.ObjectUpload;
import com.redhat.cloud.exports.upload.validation.ContentValidator;
import com.redhat.cloud.exports.upload.validation.CsvValidator;
import com.redhat.cloud.exports.upload.validation.InvalidContentException;
import com.redhat.cloud.exports.upload.validation.JsonValidator;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Takes a body in: counted, checked, hashed, deflated and stored while it arrives, block by block. No row is locked meanwhile.
 */
@Component
public class UploadPipeline {

    /** Bytes read at a time where nothing is stored. */
    private static final int BLOCK = 64 * 1024;

    /** Bytes that are worked on sooner than another thread has been woken for them. */
    private static final int FEW = 64 * 1024;

    private final SourceRepository sources;
    private final ResultRecorder recorder;
    private final ObjectStore store;
    private final UploadMetrics metrics;
    private final Deflaters deflaters;
    private final ExportProperties.Upload settings;
    private final ExportProperties.Limits limits;

    /** Blocks of all uploads are worked on here, one of an upload at a time. */
    private final ExecutorService workers = BackgroundThreads.pool(
            "pipeline", Math.max(1, Runtime.getRuntime().availableProcessors() - 1), new LinkedBlockingQueue<>());

    UploadPipeline(
            SourceRepository sources,
            ResultRecorder recorder,
            ObjectStore store,
            UploadMetrics metrics,
            Deflaters deflaters,
            ExportProperties properties) {
        this.deflaters = deflaters;
        this.sources = sources;
        this.recorder = recorder;
        this.store = store;
        this.metrics = metrics;
        this.settings = properties.upload();
        this.limits = properties.limits();
    }

    /** @throws PayloadTooLargeException when more bytes are announced than are allowed */
    void requireFits(@Nullable Long contentLength) {
        if (contentLength != null && contentLength > settings.maxSizeBytes()) {
            throw PayloadTooLargeException.of(settings.maxSizeMib());
        }
    }

    /**
     * Stores the body and settles the source with it. On any failure the source is as before, and what was stored is
     * erased soon.
     *
     * @throws AlreadyAnsweredException when another answer came first, unless it was this very body
     */
    void receive(RequestedSource source, InputStream body) throws IOException, InvalidContentException {
        String key;
        try {
            key = sources.startAttempt(source);
        } catch (AlreadyAnsweredException e) {
            // Another answer came since the source was looked up; the body has not been touched yet.
            requireSame(sources.find(source.exportId(), source.id()), body);
            return;
        }
        boolean kept = false;
        try {
            SourceResult.Delivery delivery =
                    store(key, source.orgId(), body, checker(source.format()), settings.maxSizeBytes());
            kept = settle(source, delivery);
            metrics.delivered(source.application(), delivery.size());
        } catch (InvalidContentException | PayloadTooLargeException | AlreadyAnsweredException e) {
            // The sender's mistake: an alarm on failed uploads is for who runs the service.
            throw e;
        } catch (IOException | RuntimeException e) {
            metrics.failed();
            throw e;
        } finally {
            if (!kept) {
                sources.giveUp(source.id(), key);
            }
        }
    }

    /** @return whether the source has this delivery now; if not, it has the same bytes from another one */
    private boolean settle(RequestedSource source, SourceResult.Delivery delivery) {
        try {
            recorder.settle(source.exportId(), source.id(), delivery);
            return true;
        } catch (AlreadyAnsweredException e) {
            RequestedSource.Earlier winner =
                    sources.find(source.exportId(), source.id()).answer();
            if (winner == null || !winner.isSame(delivery.size(), delivery.sha256())) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Stores what the former service has taken in, as if it came now, but without a check: it has been accepted.
     *
     * @return false when another one was faster
     */
    public boolean adopt(SourceRepository.FormerContent content, InputStream body) throws IOException {
        String key = sources.startAttempt(content).orElse(null);
        if (key == null) {
            return false;
        }
        boolean taken = false;
        try {
            taken = sources.adopt(content, store(key, content.orgId(), body, new UncheckedContent(), Long.MAX_VALUE));
            return taken;
        } catch (InvalidContentException e) {
            throw new IllegalStateException("nothing was checked", e);
        } finally {
            if (!taken) {
                sources.giveUp(content.sourceId(), key);
            }
        }
    }

    private SourceResult.Delivery store(
            String key, String organisation, InputStream body, ContentValidator checker, long limit)
            throws IOException, InvalidContentException {
        ContentDigest digest = new ContentDigest();
        Lease lease = new Lease(key);
        try (ObjectUpload upload = store.create(key, organisation, () -> sources.noteMultipartUpload(key));
                Deflating deflating = deflaters.start(upload::write)) {
            CompletableFuture<Void> work = CompletableFuture.completedFuture(null);
            long size = 0;
            try {
                do {
                    // While the blocks before are being worked on.
                    Block block = deflating.read(body);
                    size += block.length();
                    if (size > limit) {
                        throw PayloadTooLargeException.of(settings.maxSizeMib());
                    }
                    work = work.thenRunAsync(
                            () -> {
                                deflating.deflate(block);
                                inspect(block, digest, checker);
                            },
                            block.length() <= FEW ? Runnable::run : workers);
                    deflating.enter(block, work);
                    deflating.write();
                    lease.renewInTime();
                } while (!deflating.isAtEnd());
            } finally {
                // What is wrong with the content counts before what is wrong with its size or the connection.
                await(work);
            }
            checker.finish();
            requireRows(checker);
            upload.complete();
            return new SourceResult.Delivery(key, size, deflating.size(), digest.crc32(), digest.sha256());
        }
    }

    private void inspect(Block block, ContentDigest digest, ContentValidator checker) {
        digest.update(block.array(), block.offset(), block.length());
        try {
            checker.accept(block.array(), block.offset(), block.length());
        } catch (InvalidContentException e) {
            throw new CompletionException(e);
        }
        requireRows(checker);
    }

    private void requireRows(ContentValidator checker) {
        if (limits.rows() > 0 && checker.rows() > limits.rows()) {
            throw PayloadTooLargeException.ofRows(limits.rows());
        }
    }

    private static void await(CompletableFuture<Void> work) throws InvalidContentException {
        try {
            work.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case InvalidContentException invalid -> throw invalid;
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }

    /**
     * A source that has been answered may be sent the same body again, as callers do that did not get the first answer.
     *
     * @throws AlreadyAnsweredException when it is another one
     */
    void requireSame(RequestedSource source, InputStream body) throws IOException {
        RequestedSource.Earlier earlier = source.answer();
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

    private ContentValidator checker(ExportFormat format) {
        if (settings.validation() == Validation.OFF) {
            return new UncheckedContent();
        }
        return switch (format) {
            case JSON -> new JsonValidator(limits.uploadJsonDepth());
            case CSV -> new CsvValidator(settings.validation() == Validation.STRICT);
        };
    }

    /** Keeps the eraser away from the object of an upload that lives: a sign of life at a fifth of the time. */
    private final class Lease {

        private final String key;
        private long renewed = System.nanoTime();

        Lease(String key) {
            this.key = key;
        }

        void renewInTime() {
            if (System.nanoTime() - renewed < settings.lease().toNanos() / 5) {
                return;
            }
            if (!sources.renewLease(key)) {
                throw new LeaseLostException();
            }
            renewed = System.nanoTime();
        }
    }

    private static final class UncheckedContent implements ContentValidator {

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

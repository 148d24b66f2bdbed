package com.redhat.cloud.exports.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.export.StorableText;
import com.redhat.cloud.exports.export.Uuids;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.concurrency.MemoryBudget;
import com.redhat.cloud.exports.platform.concurrency.TooManyAtOnceException;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.TrafficProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.upload.validation.InvalidContentException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HexFormat;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The steps of the routes by which a source application delivers its data, or reports an error (contract section 5). The
 * variable {@code upload} is the upload under way.
 */
@Component("uploads")
class Uploads {

    /** Bytes that a step can look at in advance. */
    private static final int FIRST_BYTES = 16;

    private final SourceRepository sources;
    private final ResultRecorder recorder;
    private final UploadPipeline pipeline;
    private final UploadMetrics metrics;

    /** Caps uploads of an application and of an organisation. One that waits does not read, which its client feels by TCP. */
    private final FairLimiter limiter;

    private final TrafficProperties traffic;
    private final int maxMessage;
    private final MemoryBudget memory;

    Uploads(
            SourceRepository sources,
            ResultRecorder recorder,
            UploadPipeline pipeline,
            UploadMetrics metrics,
            MemoryBudget memory,
            ExportProperties properties) {
        this.sources = sources;
        this.recorder = recorder;
        this.pipeline = pipeline;
        this.metrics = metrics;
        this.memory = memory;
        this.traffic = properties.traffic();
        this.maxMessage = Math.toIntExact(properties.limits().maxMessageSize().toBytes());
        this.limiter = FairLimiter.of("uploads", traffic.maxUploads(), traffic.queueTimeout());
    }

    /**
     * Finds the source and starts the {@code upload}.
     *
     * @throws ExportNotFoundException when there is no such export, or no more
     * @throws ServiceException when the export has no such source, or it belongs to another application
     * @throws AlreadyAnsweredException when the source has expired
     */
    void find(
            @Header("export") String export,
            @Header("application") String application,
            @Header("source") String source,
            Exchange exchange) {
        exchange.setVariable("upload", new Upload(find(export, application, source)));
    }

    /**
     * Waits until the upload may go on, and notes its object's key, before a byte of that leaves; sets the variable
     * {@code storageKey}, unless the source has data already. When the exchange ends, on whatever path, the upload's place is
     * given back, and an object that no source has is handed to deletion.
     *
     * @param contentLength bytes to come, null when the caller does not say
     * @throws PayloadTooLargeException when more bytes are announced than are allowed
     * @throws TooManyAtOnceException when so many others upload that no place becomes free in time
     */
    void admit(
            @Variable("upload") Upload upload,
            @Variable("contentLength") @Nullable Long contentLength,
            Exchange exchange) {
        RequestedSource source = upload.source();
        boolean pending = source.status().acceptsResult();
        if (pending && contentLength != null && contentLength > pipeline.maxSize()) {
            throw pipeline.tooLarge();
        }
        endWith(exchange, upload);
        upload.admitted(limiter.acquire(
                new FairLimiter.Share("application " + source.application(), traffic.maxUploadsPerApplication()),
                new FairLimiter.Share("organisation " + source.orgId(), traffic.maxUploadsPerOrganisation())));
        if (pending) {
            start(upload);
            exchange.setVariable("storageKey", upload.storageKey());
        }
    }

    private void start(Upload upload) {
        RequestedSource source = upload.source();
        try {
            upload.started(sources.startAttempt(source));
        } catch (AlreadyAnsweredException e) {
            upload.foundAnswered(sources.find(source.exportId(), source.id()));
        }
    }

    private void endWith(Exchange exchange, Upload upload) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                end(upload, done.getException());
            }
        });
    }

    private void end(Upload upload, @Nullable Exception failure) {
        try {
            upload.release();
        } finally {
            if (upload.isAbandoned()) {
                count(failure);
                sources.abandonAttempt(upload.source().id(), upload.storageKey());
            }
        }
    }

    private void count(@Nullable Exception failure) {
        switch (failure) {
            // The sender's mistakes: an alarm on failed uploads is for whoever runs the service.
            case null -> {}
            case InvalidContentException e -> {}
            case PayloadTooLargeException e -> {}
            case AlreadyAnsweredException e -> {}
            default -> metrics.failed();
        }
    }

    /**
     * Reads the first bytes of the body for a step that decides by them: the variable {@code firstBytes} has up to 16 in
     * hexadecimal. The body is whole afterwards.
     */
    void peek(@Body InputStream body, Exchange exchange) throws IOException {
        byte[] first = body.readNBytes(FIRST_BYTES);
        exchange.setVariable("firstBytes", HexFormat.of().formatHex(first));
        exchange.getMessage().setBody(new SequenceInputStream(new ByteArrayInputStream(first), body));
    }

    /**
     * Records what has been stored as the source's data.
     *
     * @throws AlreadyAnsweredException when another answer came first, unless it was this very body
     * @throws LeaseLostException when the object has been deleted meanwhile
     */
    void record(@Variable("upload") Upload upload) {
        SourceResult.Delivery delivery = upload.delivery();
        if (delivery == null) {
            return;
        }
        upload.releaseObject();
        RequestedSource source = upload.source();
        try {
            recorder.record(source.exportId(), source.id(), delivery);
            upload.recorded();
        } catch (AlreadyAnsweredException e) {
            RequestedSource.Earlier earlier =
                    sources.find(source.exportId(), source.id()).earlier();
            if (earlier == null || !earlier.isSame(delivery.size(), delivery.sha256())) {
                throw e;
            }
        }
        metrics.delivered(source.application(), delivery.size());
    }

    /** Fails a source whose body is over the limit, since it would be so again, and passes the failure on. */
    void recordTooLarge(@Variable("upload") Upload upload, @ExchangeException PayloadTooLargeException failure) {
        recorder.record(
                upload.source().exportId(), upload.source().id(), new SourceResult.Failure(413, failure.getMessage()));
        throw failure;
    }

    /** Waits for the memory that a large error report takes, before its body is read. */
    void reserveMemory(
            @Header("application") String application,
            @Variable("contentLength") @Nullable Long contentLength,
            Exchange exchange)
            throws IOException {
        memory.reserveForBody("application " + application, contentLength, 0, 0, exchange);
    }

    /**
     * Records that a source application has no data. A message that is too long is cut: refused, it would leave its source
     * pending.
     *
     * @param body any JSON value, or null when it was none
     * @throws ServiceException when the body does not hold a message and a number
     * @throws AlreadyAnsweredException when the source has an answer, unless it is this very error
     */
    void recordError(
            @Header("export") String export,
            @Header("application") String application,
            @Header("source") String source,
            @Body @Nullable JsonNode body) {
        SourceResult.Failure failure = failure(body).cutTo(maxMessage);
        RequestedSource requested = find(export, application, source);
        if (requested.status().acceptsResult()) {
            try {
                recorder.record(requested.exportId(), requested.id(), failure);
                return;
            } catch (AlreadyAnsweredException e) {
                requested = find(export, application, source);
            }
        }
        if (requested.earlier() == null || !requested.earlier().isSame(failure, maxMessage)) {
            throw new AlreadyAnsweredException();
        }
    }

    private RequestedSource find(String export, String application, String source) {
        RequestedSource requested = sources.find(Uuids.ofExport(export), Uuids.ofSource(source));
        if (!requested.application().equals(application)) {
            throw ServiceException.forbidden("this source belongs to another application");
        }
        if (requested.status().acceptsResult() && requested.expired()) {
            throw new AlreadyAnsweredException();
        }
        return requested;
    }

    private static SourceResult.Failure failure(@Nullable JsonNode body) {
        if (body != null
                && body.path("message").isTextual()
                && !body.path("message").textValue().isEmpty()
                && body.path("error").isIntegralNumber()
                && body.path("error").canConvertToInt()
                && body.path("error").intValue() != 0) {
            return new SourceResult.Failure(
                    body.path("error").intValue(),
                    StorableText.require("message", body.path("message").textValue()));
        }
        throw ServiceException.invalid("Both 'message' and 'error' are required fields");
    }
}

package com.redhat.cloud.exports.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.concurrency.MemoryBudget;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.TrafficProperties;
import com.redhat.cloud.exports.platform.database.StorableText;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.platform.http.Uuids;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The steps of the routes for uploads and error reports (contract section 5). The variable {@code upload} holds the running
 * upload.
 */
@Component("uploads")
class Uploads {

    /** Bytes that a step can see in advance. */
    private static final int FIRST_BYTES = 16;

    private final SourceRepository sources;
    private final ResultRecorder recorder;
    private final UploadPipeline pipeline;
    private final UploadMetrics metrics;

    /** Caps uploads per application and per organisation. TCP holds back the client of an upload that waits. */
    private final FairLimiter limiter;

    private final TrafficProperties traffic;
    private final int maxMessage;
    private final int maxRatio;
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
        this.maxRatio = properties.limits().maxUploadRatio();
        this.maxMessage = Math.toIntExact(properties.limits().maxMessageSize().toBytes());
        this.limiter = FairLimiter.of("uploads", traffic.maxUploads(), traffic.queueTimeout());
    }

    /**
     * Finds the source, and sets the variable {@code upload}.
     *
     * @throws ExportNotFoundException when the export does not exist or has expired
     * @throws ServiceException when the export has no such source, or the source belongs to another application
     * @throws AlreadyProcessedException when the source has expired
     */
    void find(
            @Header("export") String export,
            @Header("application") String application,
            @Header("source") String source,
            Exchange exchange) {
        exchange.setVariable("upload", new Upload(find(export, application, source)));
    }

    /**
     * Acquires a permit, and registers the object's key before a byte of it is sent. Sets the variable {@code storageKey}
     * unless the source has a result already. However the exchange ends, the permit is released, and an object that belongs
     * to no source is queued for deletion.
     *
     * <p>The body of the message is decoded afterwards: what is read of it is the data.
     *
     * @param contentLength bytes announced; null when the client does not say
     * @throws PayloadTooLargeException when the announced bytes are over the limit
     * @throws ServiceException when no permit becomes free in time, the body has a coding that is not supported, or it is a
     *     form
     */
    void admit(
            @Variable("upload") Upload upload,
            @Variable("contentLength") @Nullable Long contentLength,
            @Variable("contentType") @Nullable String contentType,
            @Variable("contentEncoding") @Nullable String contentEncoding,
            @Body InputStream body,
            Exchange exchange)
            throws IOException {
        ContentCoding coding = ContentCoding.of(contentEncoding);
        RequestedSource source = upload.source();
        boolean pending = source.status().acceptsResult();
        if (pending && contentLength != null && contentLength > pipeline.maxSize()) {
            throw pipeline.tooLarge();
        }
        endWithExchange(upload, exchange);
        upload.admitted(limiter.acquire(
                new FairLimiter.Share("application " + source.application(), traffic.maxUploadsPerApplication()),
                new FairLimiter.Share("organisation " + source.orgId(), traffic.maxUploadsPerOrganisation())));
        if (pending) {
            start(upload);
            exchange.setVariable("storageKey", upload.storageKey());
        }
        InputStream data = body;
        if (coding != ContentCoding.IDENTITY) {
            memory.reserve(source.orgId(), coding.memory(), exchange);
            data = upload.decoding(new DecodedBody(coding, body, maxRatio));
        }
        exchange.getMessage().setBody(contentType == null ? data : refuseForm(contentType, data));
    }

    /** Refuses a form, which begins with two hyphens and a boundary. The type alone says nothing: some clients send any. */
    private static InputStream refuseForm(String contentType, InputStream data) throws IOException {
        if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return data;
        }
        byte[] first = data.readNBytes(2);
        if (first.length == 2 && first[0] == '-' && first[1] == '-') {
            throw ServiceException.unsupportedMedia("the data must be the body itself, not a part of a multipart body");
        }
        return joined(first, data);
    }

    /** Returns a stream with bytes that were read of it in front again. */
    private static InputStream joined(byte[] first, InputStream rest) {
        return new SequenceInputStream(new ByteArrayInputStream(first), rest);
    }

    private void start(Upload upload) {
        RequestedSource source = upload.source();
        try {
            upload.started(sources.startAttempt(source));
        } catch (AlreadyProcessedException e) {
            upload.refresh(sources.find(source.exportId(), source.id()));
        }
    }

    private void endWithExchange(Upload upload, Exchange exchange) {
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
            // The client's faults must not alarm the operators.
            case null -> {}
            case ServiceException e when e.kind() != ServiceException.Kind.UNAVAILABLE -> {}
            default -> metrics.failed();
        }
    }

    /**
     * Sets the variable {@code firstBytes} to the first bytes of the body, up to 16, in hexadecimal, for a step that decides
     * by them. The body stays whole.
     */
    void peek(@Body InputStream body, Exchange exchange) throws IOException {
        byte[] first = body.readNBytes(FIRST_BYTES);
        exchange.setVariable("firstBytes", HexFormat.of().formatHex(first));
        exchange.getMessage().setBody(joined(first, body));
    }

    /**
     * Records the stored object as the source's data.
     *
     * @throws AlreadyProcessedException when the source has another result
     * @throws LeaseLostException when the object has been deleted
     */
    void record(@Variable("upload") Upload upload) {
        SourceResult.Delivery delivery = upload.delivery();
        if (delivery == null) {
            return;
        }
        upload.releaseObject();
        RequestedSource source = upload.source();
        try {
            recorder.record(source.orgId(), source.exportId(), source.id(), delivery);
            upload.recorded();
        } catch (AlreadyProcessedException e) {
            RequestedSource.Earlier earlier =
                    sources.find(source.exportId(), source.id()).earlier();
            if (earlier == null || !earlier.isSame(delivery.size(), delivery.sha256())) {
                throw e;
            }
        }
        metrics.delivered(source.application(), delivery.size());
    }

    /** Fails a source whose data is over the limit, since another try would be too, and rethrows. */
    void recordTooLarge(@Variable("upload") Upload upload, @ExchangeException PayloadTooLargeException failure) {
        RequestedSource source = upload.source();
        recorder.record(
                source.orgId(), source.exportId(), source.id(), new SourceResult.Failure(413, failure.getMessage()));
        throw failure;
    }

    /** Reserves memory for a large error report before its body is read. */
    void reserveMemory(
            @Header("application") String application,
            @Variable("contentLength") @Nullable Long contentLength,
            Exchange exchange)
            throws IOException {
        memory.reserveForBody("application " + application, contentLength, 0, 0, exchange);
    }

    /**
     * Records an error report. Cuts a message that is too long: refusing it would leave the source pending.
     *
     * @param body any JSON value; null when it was not JSON
     * @throws ServiceException when the body lacks a message or a number
     * @throws AlreadyProcessedException when the source has another result
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
                recorder.record(requested.orgId(), requested.exportId(), requested.id(), failure);
                return;
            } catch (AlreadyProcessedException e) {
                requested = find(export, application, source);
            }
        }
        if (requested.earlier() == null || !requested.earlier().isSame(failure, maxMessage)) {
            throw new AlreadyProcessedException();
        }
    }

    private RequestedSource find(String export, String application, String source) {
        RequestedSource requested = sources.find(Uuids.ofExport(export), Uuids.ofSource(source));
        if (!requested.application().equals(application)) {
            throw ServiceException.forbidden("this source belongs to another application");
        }
        if (requested.status().acceptsResult() && requested.expired()) {
            throw new AlreadyProcessedException();
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

package com.redhat.cloud.exports.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.export.StorableText;
import com.redhat.cloud.exports.export.Uuids;
import com.redhat.cloud.exports.outbox.RequestRefused;
import com.redhat.cloud.exports.platform.concurrency.FairLimiter;
import com.redhat.cloud.exports.platform.concurrency.MemoryBudget;
import com.redhat.cloud.exports.platform.concurrency.TooManyAtOnceException;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.upload.validation.InvalidContentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What a source application answers: its data or an error (contract section 5). */
@Component("uploads")
public class Uploads {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

    private final SourceRepository sources;
    private final ResultRecorder recorder;
    private final UploadPipeline pipeline;

    /** Of each application some, and for each organisation; who has none does not read, which its client feels by TCP. */
    private final FairLimiter limiter;

    private final ExportProperties.Traffic traffic;
    private final int longestMessage;
    private final MemoryBudget memory;

    Uploads(
            SourceRepository sources,
            ResultRecorder recorder,
            UploadPipeline pipeline,
            MemoryBudget memory,
            ExportProperties properties) {
        this.sources = sources;
        this.recorder = recorder;
        this.pipeline = pipeline;
        this.memory = memory;
        this.traffic = properties.traffic();
        this.longestMessage = Math.toIntExact(properties.limits().message().toBytes());
        this.limiter = FairLimiter.of("uploads", traffic.uploads(), traffic.queueTimeout());
    }

    /**
     * Takes a source's data while it arrives. Whatever fails, the source stays pending and nothing stays behind, except
     * that a body over the limit fails the source.
     *
     * @param contentLength bytes to come, null when the caller does not say
     * @throws ExportNotFoundException when the export is not there, or no more
     * @throws ServiceException when the export has no such source, or it belongs to another application
     * @throws AlreadyAnsweredException when the source has an answer, unless it is this very body
     * @throws PayloadTooLargeException when the body is over the limit
     * @throws InvalidContentException when the body is not of the export's format
     * @throws TooManyAtOnceException when so many others upload that no place becomes free in time
     */
    void upload(
            @Header("export") String export,
            @Header("application") String application,
            @Header("source") String source,
            @Variable("contentLength") @Nullable Long contentLength,
            @Body InputStream body)
            throws IOException, InvalidContentException {
        RequestedSource requested = find(export, application, source);
        try {
            if (requested.status().acceptsAnswer()) {
                pipeline.requireFits(contentLength);
            }
            try (FairLimiter.Permit permit = limiter.acquire(
                    new FairLimiter.Share("application " + requested.application(), traffic.uploadsPerApplication()),
                    new FairLimiter.Share("organisation " + requested.orgId(), traffic.uploadsPerOrganisation()))) {
                if (requested.status().acceptsAnswer()) {
                    pipeline.receive(requested, body);
                } else {
                    pipeline.requireSame(requested, body);
                }
            }
        } catch (PayloadTooLargeException e) {
            recorder.settle(requested.exportId(), requested.id(), new SourceResult.Failure(413, e.getMessage()));
            throw e;
        }
    }

    /** Waits for the memory that a large error takes, before its body is read. */
    void admit(
            @Header("application") String application,
            @Variable("contentLength") @Nullable Long contentLength,
            Exchange exchange)
            throws IOException {
        memory.reserveForBody("application " + application, contentLength, 0, 0, exchange);
    }

    /**
     * Records that a source application has no data. A message that is too long is cut: its source would stay pending if
     * it were refused.
     *
     * @param body any JSON value, or null when it was none
     * @throws ServiceException when the body does not hold a message and a number
     * @throws AlreadyAnsweredException when the source has an answer, unless it is this very error
     */
    void error(
            @Header("export") String export,
            @Header("application") String application,
            @Header("source") String source,
            @Body @Nullable JsonNode body) {
        SourceResult.Failure failure = failure(body).cutTo(longestMessage);
        RequestedSource requested = find(export, application, source);
        if (requested.status().acceptsAnswer()) {
            try {
                recorder.settle(requested.exportId(), requested.id(), failure);
                return;
            } catch (AlreadyAnsweredException e) {
                requested = find(export, application, source);
            }
        }
        if (requested.answer() == null || !requested.answer().isSame(failure, longestMessage)) {
            throw new AlreadyAnsweredException();
        }
    }

    private RequestedSource find(String export, String application, String source) {
        RequestedSource requested = sources.find(Uuids.ofExport(export), Uuids.ofSource(source));
        if (!requested.application().equals(application)) {
            throw ServiceException.forbidden("this source belongs to another application");
        }
        if (requested.status().acceptsAnswer() && requested.expired()) {
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

    /** A source whose own time has come before its application answered has failed. */
    void expire(@Variable("exportId") UUID exportId, @Variable("sourceId") UUID sourceId) {
        fail(
                exportId,
                sourceId,
                new SourceResult.Failure(410, "the application did not answer before the data would expire"));
    }

    /** A source whose application has been asked, again too, and is silent has failed. */
    void giveUp(@Variable("exportId") UUID exportId, @Variable("sourceId") UUID sourceId) {
        fail(exportId, sourceId, new SourceResult.Failure(504, "the application did not answer in time"));
    }

    /** A source whose application cannot be asked has failed. */
    @EventListener
    void refused(RequestRefused event) {
        sources.exportOf(event.sourceId())
                .ifPresent(exportId -> fail(exportId, event.sourceId(), new SourceResult.Failure(502, event.reason())));
    }

    private void fail(UUID exportId, UUID sourceId, SourceResult.Failure failure) {
        try {
            recorder.settle(exportId, sourceId, failure);
        } catch (AlreadyAnsweredException | ExportNotFoundException e) {
            LOG.debug("source {} needs no failure any more: {}", sourceId, e.getMessage());
        }
    }
}

package com.redhat.cloud.exports.platform.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.redhat.cloud.exports.download.ExportNotReadyException;
import com.redhat.cloud.exports.export.ApplicationNotEnabledException;
import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.export.IdempotencyKeyException;
import com.redhat.cloud.exports.export.InvalidRequestException;
import com.redhat.cloud.exports.export.RequestOverLimitException;
import com.redhat.cloud.exports.identity.InvalidIdentityException;
import com.redhat.cloud.exports.identity.PreSharedKeyException;
import com.redhat.cloud.exports.identity.RateLimitedException;
import com.redhat.cloud.exports.platform.concurrency.SlowClientException;
import com.redhat.cloud.exports.platform.concurrency.TooManyAtOnceException;
import com.redhat.cloud.exports.platform.storage.StorageUnavailableException;
import com.redhat.cloud.exports.upload.AlreadyAnsweredException;
import com.redhat.cloud.exports.upload.ForeignSourceException;
import com.redhat.cloud.exports.upload.LeaseLostException;
import com.redhat.cloud.exports.upload.PayloadTooLargeException;
import com.redhat.cloud.exports.upload.SourceNotFoundException;
import com.redhat.cloud.exports.upload.validation.InvalidContentException;
import java.io.CharConversionException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The one place where an exception becomes a status and a text. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /** How long a client should wait when a server behind this one does not answer, in seconds. */
    private static final int RETRY_AFTER = 10;

    private Problems() {}

    static Problem of(Throwable failure) {
        Problem problem = translate(failure);
        if (problem.status() >= 500) {
            LOG.error("answering {}", problem.status(), failure);
        } else {
            LOG.debug("answering {}: {}", problem.status(), problem.message());
        }
        return problem;
    }

    private static Problem translate(Throwable failure) {
        return switch (failure) {
            case InvalidIdentityException e -> Problem.of(400, e.getMessage());
            case PreSharedKeyException e -> Problem.of(e.status(), e.getMessage());
            case RateLimitedException e -> new Problem(429, e.getMessage(), e.retryAfter());
            case InvalidRequestException e -> Problem.of(400, e.getMessage());
            case TooManyAtOnceException e -> new Problem(429, e.getMessage(), RETRY_AFTER);
            case RequestOverLimitException e -> Problem.of(413, e.getMessage());
            case SlowClientException e -> Problem.of(408, e.getMessage());
            case RequestTooLargeException e -> Problem.of(413, e.getMessage());
            case JacksonException e -> Problem.of(400, describe(e));
            // Jackson's own too: what begins like UTF-16 or UTF-32 is read as that.
            case CharConversionException e -> Problem.of(400, "invalid JSON: it is not UTF-8");
            // Jackson's own, for an exponent that no number here has room for; it does not wrap this one.
            case NumberFormatException e -> Problem.of(400, "invalid JSON: a number is out of range");
            case ApplicationNotEnabledException e -> Problem.of(406, e.getMessage());
            case ExportNotFoundException e -> Problem.of(404, e.getMessage());
            case IdempotencyKeyException e -> Problem.of(e.status(), e.getMessage());
            case ExportNotReadyException e -> Problem.of(400, e.getMessage());
            case SourceNotFoundException e -> Problem.of(404, e.getMessage());
            case ForeignSourceException e -> Problem.of(403, e.getMessage());
            case AlreadyAnsweredException e -> Problem.of(410, e.getMessage());
            case PayloadTooLargeException e -> Problem.of(413, e.getMessage());
            case InvalidContentException e -> Problem.of(422, e.getMessage());
            case LeaseLostException e -> new Problem(503, e.getMessage(), RETRY_AFTER);
            case StorageUnavailableException e -> new Problem(503, e.getMessage(), RETRY_AFTER);
            case DataAccessException e
            when isAboutTheData(e) -> Problem.of(400, "the request holds a value that cannot be stored");
            case DataAccessException e ->
                new Problem(503, "the database does not answer as it should at the moment", RETRY_AFTER);
            case TransactionException e -> new Problem(503, "the database does not answer at the moment", RETRY_AFTER);
            default -> Problem.of(500);
        };
    }

    /** Says where; Jackson's own messages name its classes and features, which mean nothing to a caller. */
    private static String describe(JacksonException e) {
        String reason = e instanceof StreamConstraintsException ? "JSON over the limits" : "invalid JSON";
        JsonLocation location = e.getLocation();
        return location == null
                ? reason
                : "%s (line %d, column %d)".formatted(reason, location.getLineNr(), location.getColumnNr());
    }

    /** SQLSTATE classes 22 and 54: a number out of range, a character that text cannot hold, a value that is too long. */
    private static boolean isAboutTheData(DataAccessException e) {
        return e.getMostSpecificCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && (cause.getSQLState().startsWith("22") || cause.getSQLState().startsWith("54"));
    }
}

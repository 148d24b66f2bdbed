package com.redhat.cloud.exports.platform.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.redhat.cloud.exports.platform.concurrency.SlowClientException;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.io.CharConversionException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The one table that maps exceptions to statuses and texts, for all operations. */
final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

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
            case ServiceException e -> of(e);
            case SlowClientException e -> Problem.of(408, e.getMessage());
            case RequestTooLargeException e -> Problem.of(413, e.getMessage());
            case JacksonException e -> Problem.of(400, describe(e));
            // Also thrown by Jackson for a body that starts like UTF-16 or UTF-32.
            case CharConversionException e -> Problem.of(400, "invalid JSON: it is not UTF-8");
            // Also thrown by Jackson, unwrapped, for an exponent out of range.
            case NumberFormatException e -> Problem.of(400, "invalid JSON: a number is out of range");
            case DataAccessException e
            when isDataError(e) -> Problem.of(400, "the request holds a value that cannot be stored");
            case DataAccessException e ->
                of(ServiceException.unavailable("the database does not answer as it should at the moment", e));
            case TransactionException e ->
                of(ServiceException.unavailable("the database does not answer at the moment", e));
            default -> Problem.of(500);
        };
    }

    private static Problem of(ServiceException e) {
        return new Problem(
                status(e.kind()), e.getMessage(), Math.toIntExact(e.retryAfter().toSeconds()), e.acceptEncoding());
    }

    private static int status(ServiceException.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHORIZED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case NOT_ACCEPTABLE -> 406;
            case GONE -> 410;
            case TOO_LARGE -> 413;
            case UNSUPPORTED_MEDIA -> 415;
            case UNPROCESSABLE -> 422;
            case TOO_MANY -> 429;
            case UNAVAILABLE -> 503;
        };
    }

    /** Returns the position only: Jackson's messages name its classes and features. */
    private static String describe(JacksonException e) {
        String reason = e instanceof StreamConstraintsException ? "JSON over the limits" : "invalid JSON";
        JsonLocation location = e.getLocation();
        return location == null
                ? reason
                : "%s (line %d, column %d)".formatted(reason, location.getLineNr(), location.getColumnNr());
    }

    /** Returns whether PostgreSQL refused a value: SQLSTATE classes 22 (data exception) and 54 (limit exceeded). */
    private static boolean isDataError(DataAccessException e) {
        return e.getMostSpecificCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && (cause.getSQLState().startsWith("22") || cause.getSQLState().startsWith("54"));
    }
}

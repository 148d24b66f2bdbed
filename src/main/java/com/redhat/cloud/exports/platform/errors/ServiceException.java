package com.redhat.cloud.exports.platform.errors;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request cannot be served. The kind becomes the response's status, the message its text.
 *
 * <p>Subclasses exist only where code catches one, or throws it in several places.
 */
public class ServiceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The kind of failure, from the caller's point of view. */
    public enum Kind {
        INVALID,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        NOT_ACCEPTABLE,
        GONE,
        TOO_LARGE,
        UNSUPPORTED_MEDIA,
        UNPROCESSABLE,
        TOO_MANY(Duration.ofSeconds(10)),
        UNAVAILABLE(Duration.ofSeconds(10));

        private final Duration retryAfter;

        Kind() {
            this(Duration.ZERO);
        }

        Kind(Duration retryAfter) {
            this.retryAfter = retryAfter;
        }
    }

    private final Kind kind;
    private final Duration retryAfter;
    private final String acceptEncoding;

    protected ServiceException(Kind kind, String message) {
        this(kind, message, kind.retryAfter, "", null);
    }

    protected ServiceException(Kind kind, String message, Throwable cause) {
        this(kind, message, kind.retryAfter, "", cause);
    }

    private ServiceException(
            Kind kind, String message, Duration retryAfter, String acceptEncoding, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.acceptEncoding = acceptEncoding;
    }

    public final Kind kind() {
        return kind;
    }

    /** Returns how long to wait before the next try; zero if waiting does not help. */
    public final Duration retryAfter() {
        return retryAfter;
    }

    /** Returns the content codings to use instead; empty unless the request had another one. */
    public final String acceptEncoding() {
        return acceptEncoding;
    }

    public static ServiceException invalid(String message) {
        return new ServiceException(Kind.INVALID, message);
    }

    public static ServiceException unauthorized(String message) {
        return new ServiceException(Kind.UNAUTHORIZED, message);
    }

    public static ServiceException forbidden(String message) {
        return new ServiceException(Kind.FORBIDDEN, message);
    }

    public static ServiceException notFound(String message) {
        return new ServiceException(Kind.NOT_FOUND, message);
    }

    public static ServiceException notAcceptable(String message) {
        return new ServiceException(Kind.NOT_ACCEPTABLE, message);
    }

    public static ServiceException gone(String message) {
        return new ServiceException(Kind.GONE, message);
    }

    public static ServiceException tooLarge(String message) {
        return new ServiceException(Kind.TOO_LARGE, message);
    }

    public static ServiceException unsupportedMedia(String message) {
        return new ServiceException(Kind.UNSUPPORTED_MEDIA, message);
    }

    /** @param accepted content codings that are supported, as the value of Accept-Encoding */
    public static ServiceException unsupportedCoding(String message, String accepted) {
        return new ServiceException(Kind.UNSUPPORTED_MEDIA, message, Duration.ZERO, accepted, null);
    }

    public static ServiceException unprocessable(String message) {
        return new ServiceException(Kind.UNPROCESSABLE, message);
    }

    public static ServiceException tooMany(String message) {
        return new ServiceException(Kind.TOO_MANY, message);
    }

    public static ServiceException tooMany(String message, Duration retryAfter) {
        return new ServiceException(Kind.TOO_MANY, message, retryAfter, "", null);
    }

    public static ServiceException unavailable(String message) {
        return new ServiceException(Kind.UNAVAILABLE, message);
    }

    public static ServiceException unavailable(String message, Throwable cause) {
        return new ServiceException(Kind.UNAVAILABLE, message, cause);
    }
}

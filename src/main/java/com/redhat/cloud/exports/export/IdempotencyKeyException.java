package com.redhat.cloud.exports.export;

/** An {@code Idempotency-Key} that cannot be served. */
public final class IdempotencyKeyException extends RuntimeException {

    private final int status;

    private IdempotencyKeyException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** HTTP status: 400 for what is no key, 422 for the key of another request, 410 when its export is gone. */
    public int status() {
        return status;
    }

    static IdempotencyKeyException invalid() {
        return new IdempotencyKeyException(400, "an Idempotency-Key is 1 to 255 printable ASCII characters, no spaces");
    }

    static IdempotencyKeyException ofAnotherRequest() {
        return new IdempotencyKeyException(422, "this Idempotency-Key has been used for another request");
    }

    static IdempotencyKeyException exportIsGone() {
        return new IdempotencyKeyException(410, "the export of this Idempotency-Key has expired or been deleted");
    }
}

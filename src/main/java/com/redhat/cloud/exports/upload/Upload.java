package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Permit;
import com.redhat.cloud.exports.platform.storage.ObjectUpload;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** An upload on its way through the steps of the route, and the resources that it holds. */
final class Upload {

    private RequestedSource source;
    private @Nullable Permit permit;
    private @Nullable String storageKey;
    private @Nullable ObjectUpload object;
    private @Nullable DecodedBody decoded;
    private SourceResult.@Nullable Delivery delivery;
    private boolean recorded;

    Upload(RequestedSource source) {
        this.source = source;
    }

    RequestedSource source() {
        return source;
    }

    /** Replaces the source by its current state, after another upload was faster. */
    void refresh(RequestedSource current) {
        source = current;
    }

    void admitted(Permit acquired) {
        permit = acquired;
    }

    void started(String key) {
        storageKey = key;
    }

    /** Returns the key of the object; null when the source has a result already. */
    @Nullable
    String storageKey() {
        return storageKey;
    }

    /** Keeps a decoder, to be freed in the end. */
    DecodedBody decoding(DecodedBody body) {
        decoded = body;
        return body;
    }

    void writing(ObjectUpload written) {
        object = written;
    }

    @Nullable
    ObjectUpload object() {
        return object;
    }

    void received(SourceResult.Delivery received) {
        delivery = received;
    }

    /** Returns the received data; null when the source had it already. */
    SourceResult.@Nullable Delivery delivery() {
        return delivery;
    }

    void recorded() {
        recorded = true;
    }

    /** Whether there may be an object that belongs to no source. */
    boolean isAbandoned() {
        return storageKey != null && !recorded;
    }

    /** Frees the buffers of the object, and removes parts of an incomplete one. */
    void releaseObject() {
        if (object != null) {
            object.close();
            object = null;
        }
    }

    /** Releases buffers, decoder and permit. */
    void release() {
        try (DecodedBody freed = decoded) {
            releaseObject();
        } catch (IOException e) {
            throw new UncheckedIOException("freeing a decoder does not fail", e);
        } finally {
            decoded = null;
            if (permit != null) {
                permit.close();
                permit = null;
            }
        }
    }
}

package com.redhat.cloud.exports.platform.concurrency;

import java.io.IOException;

/** A client sends or takes bytes more slowly than it must. */
public final class SlowClientException extends IOException {

    SlowClientException(MinimumTransferRate minimum) {
        super("fewer than %d bytes a second for %d s"
                .formatted(minimum.bytesPerSecond(), minimum.window().toSeconds()));
    }
}

package com.redhat.cloud.exports.platform.concurrency;

import java.io.IOException;

/** A client sends or takes bytes so slowly that it holds what others need. */
public final class SlowClientException extends IOException {

    SlowClientException(MinimumTransferRate pace) {
        super("fewer than %d bytes a second for %d s"
                .formatted(pace.bytesPerSecond(), pace.window().toSeconds()));
    }
}

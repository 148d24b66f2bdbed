package com.redhat.cloud.exports.hooks;

import java.util.UUID;

/**
 * A call of a hook, as claimed.
 *
 * @param callId the same for every attempt
 * @param extension name of the extension; may be empty
 * @param body JSON object
 * @param attempt counts from 1
 */
record HookCall(long id, UUID callId, String hook, String extension, UUID exportId, String body, int attempt) {

    String uri() {
        return "direct:" + (extension.isEmpty() ? hook : hook + "." + extension);
    }
}

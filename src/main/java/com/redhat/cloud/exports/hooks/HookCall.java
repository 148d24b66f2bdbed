package com.redhat.cloud.exports.hooks;

import java.util.UUID;

/**
 * A call to be made.
 *
 * @param callId the same for each attempt
 * @param extension empty for the extension without a name
 * @param body JSON object
 * @param attempt counts from 1
 */
record HookCall(long id, UUID callId, String hook, String extension, UUID exportId, String body, int attempt) {

    String uri() {
        return "direct:" + (extension.isEmpty() ? hook : hook + "." + extension);
    }
}

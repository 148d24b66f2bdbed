/** The outbox and its relay: one request event per source, sent after the commit. */
@Exposes({EventRelay.class, RequestEvents.class, RequestRefused.class})
@NullMarked
package com.redhat.cloud.exports.outbox;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;

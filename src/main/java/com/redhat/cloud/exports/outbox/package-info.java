/** The outbox and its relay: one request event per source, sent after commit. */
@NullMarked
package com.redhat.cloud.exports.outbox;

import org.jspecify.annotations.NullMarked;

/** The outbox and its relay: one request event per source, sent after commit. */
@NullMarked
package com.redhat.cloud.exports.event;

import org.jspecify.annotations.NullMarked;

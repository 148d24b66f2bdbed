/**
 * {@code make bench}: the packaged service against real servers, each in a process of its own, measured next to what the
 * machine itself allows. Start reading at {@link com.redhat.cloud.exports.bench.Bench}.
 */
@NullMarked
package com.redhat.cloud.exports.bench;

import org.jspecify.annotations.NullMarked;

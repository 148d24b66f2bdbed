/** Limits on what goes on at a time and on slow clients, and threads that give way. */
@NullMarked
package com.redhat.cloud.exports.platform.concurrency;

import org.jspecify.annotations.NullMarked;

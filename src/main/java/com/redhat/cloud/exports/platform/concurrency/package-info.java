/** Limits on concurrency, memory and slow clients, and threads of low priority. */
@NullMarked
package com.redhat.cloud.exports.platform.concurrency;

import org.jspecify.annotations.NullMarked;

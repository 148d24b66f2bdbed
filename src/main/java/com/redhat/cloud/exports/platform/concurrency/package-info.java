/** What may go on at a time, and how slow a client may be. */
@NullMarked
package com.redhat.cloud.exports.platform.concurrency;

import org.jspecify.annotations.NullMarked;

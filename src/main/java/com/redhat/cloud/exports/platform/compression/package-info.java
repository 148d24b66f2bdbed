/** Deflating a body while it passes (RFC 1951), on idle cores where there are some, by the fastest means that there is. */
@NullMarked
package com.redhat.cloud.exports.platform.compression;

import org.jspecify.annotations.NullMarked;

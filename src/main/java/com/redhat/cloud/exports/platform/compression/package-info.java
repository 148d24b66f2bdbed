/** Deflates bodies while they pass (RFC 1951), on idle cores, by the fastest engine that the machine has. */
@NullMarked
package com.redhat.cloud.exports.platform.compression;

import org.jspecify.annotations.NullMarked;

/** Deflates bodies as they stream (RFC 1951), on idle cores, with the fastest engine of the machine. */
@NullMarked
package com.redhat.cloud.exports.platform.compression;

import org.jspecify.annotations.NullMarked;

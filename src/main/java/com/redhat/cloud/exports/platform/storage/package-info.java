/** The object store: parts out, ranges in. */
@NullMarked
package com.redhat.cloud.exports.platform.storage;

import org.jspecify.annotations.NullMarked;

/** The object store: parts out, ranges in. */
@NullMarked
package com.redhat.cloud.exports.storage;

import org.jspecify.annotations.NullMarked;

/** Failures that are reported to callers. */
@NullMarked
package com.redhat.cloud.exports.platform.errors;

import org.jspecify.annotations.NullMarked;

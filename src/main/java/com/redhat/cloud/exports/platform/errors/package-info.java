/** The failures that a caller is told of. */
@NullMarked
package com.redhat.cloud.exports.platform.errors;

import org.jspecify.annotations.NullMarked;

/** Writes and reads objects of the S3 bucket. */
@NullMarked
package com.redhat.cloud.exports.platform.storage;

import org.jspecify.annotations.NullMarked;

/** A source application's answer: who may answer, the upload pipeline, the error, and what they make of the export. */
@NullMarked
package com.redhat.cloud.exports.upload;

import org.jspecify.annotations.NullMarked;

/** Results of sources: their data as it arrives, their errors, and what these make of an export. */
@NullMarked
package com.redhat.cloud.exports.upload;

import org.jspecify.annotations.NullMarked;

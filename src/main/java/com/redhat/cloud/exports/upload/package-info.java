/** Uploads and error reports of source applications: validate, store, record. */
@Exposes({SourceResult.class, SourceResults.class})
@NullMarked
package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;

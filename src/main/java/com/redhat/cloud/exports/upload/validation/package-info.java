/** Checks JSON and CSV while they pass. */
@Exposes({ContentValidator.class, CsvValidator.class, InvalidContentException.class, JsonValidator.class})
@NullMarked
package com.redhat.cloud.exports.upload.validation;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;

/** Validates JSON and CSV as they stream. */
@Exposes({ContentValidator.class, CsvValidator.class, InvalidContentException.class, JsonValidator.class})
@NullMarked
package com.redhat.cloud.exports.upload.validation;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;

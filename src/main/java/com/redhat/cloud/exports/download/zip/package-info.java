/** The zip format: records, and their layout around streams that are already deflated. */
@Exposes({ContentSource.class, ZipEntryData.class, ZipLayout.class})
@NullMarked
package com.redhat.cloud.exports.download.zip;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;

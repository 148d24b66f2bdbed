/**
 * The archive that a user downloads. It is never assembled: {@link com.redhat.cloud.exports.download.zip.ZipLayout} knows every
 * byte's place beforehand and composes any slice from the stored deflate streams while it is sent.
 */
@NullMarked
package com.redhat.cloud.exports.download;

import org.jspecify.annotations.NullMarked;

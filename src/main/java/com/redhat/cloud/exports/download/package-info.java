/**
 * Downloads and previews. The archive is never assembled: {@link com.redhat.cloud.exports.download.zip.ZipLayout} knows the
 * place of every byte in advance and composes any slice from the stored deflate streams while it is sent.
 */
@NullMarked
package com.redhat.cloud.exports.download;

import org.jspecify.annotations.NullMarked;

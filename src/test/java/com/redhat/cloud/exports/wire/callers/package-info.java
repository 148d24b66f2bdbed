/**
 * The known callers, each imitated on the wire by one test class; docs/compatibility.md lists them. An imitation sends what its caller sends, and decodes as strictly as it does.
 */
@NullMarked
package com.redhat.cloud.exports.wire.callers;

import org.jspecify.annotations.NullMarked;

/**
 * The known callers of the service, each played over the wire by a test class of its own; docs/compatibility.md lists
 * them. A player does what its caller does, and no more: it decodes no stricter and no looser.
 */
@NullMarked
package com.redhat.cloud.exports.wire.callers;

import org.jspecify.annotations.NullMarked;

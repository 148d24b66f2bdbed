/** Erasing content durably. The timers themselves are routes, the claims are SQL. */
@NullMarked
package com.redhat.cloud.exports.expiry;

import org.jspecify.annotations.NullMarked;

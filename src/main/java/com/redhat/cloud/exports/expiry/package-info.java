/** Expiry of exports and sources, response deadlines, deletion of objects. Timers are routes, claims are SQL. */
@NullMarked
package com.redhat.cloud.exports.expiry;

import org.jspecify.annotations.NullMarked;

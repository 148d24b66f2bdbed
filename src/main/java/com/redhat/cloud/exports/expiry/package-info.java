/** Deadlines: expiry of exports and sources, sources without a result, deletion of objects. Timers are routes, claims are SQL. */
@NullMarked
package com.redhat.cloud.exports.expiry;

import org.jspecify.annotations.NullMarked;

/** Health of what the service can do without for a while, and the end of a process that has run out of memory. */
@NullMarked
package com.redhat.cloud.exports.platform.health;

import org.jspecify.annotations.NullMarked;

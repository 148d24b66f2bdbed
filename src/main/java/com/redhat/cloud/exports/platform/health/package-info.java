/** Health of dependencies that the service can run without, and the exit when memory runs out. */
@NullMarked
package com.redhat.cloud.exports.platform.health;

import org.jspecify.annotations.NullMarked;

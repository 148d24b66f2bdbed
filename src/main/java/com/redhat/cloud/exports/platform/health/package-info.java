/** What the service is missing at the moment and can do without, as health and metrics show it. */
@NullMarked
package com.redhat.cloud.exports.platform.health;

import org.jspecify.annotations.NullMarked;

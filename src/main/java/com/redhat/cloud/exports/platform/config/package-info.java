/** Settings: one typed tree, read from the environment names of existing deployments. */
@NullMarked
package com.redhat.cloud.exports.platform.config;

import org.jspecify.annotations.NullMarked;

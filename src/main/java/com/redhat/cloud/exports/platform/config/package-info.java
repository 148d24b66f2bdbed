/** The settings: one typed tree, read from the environment variables of existing deployments. */
@NullMarked
package com.redhat.cloud.exports.platform.config;

import org.jspecify.annotations.NullMarked;

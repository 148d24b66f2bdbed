/** HTTP below the routes: engine, ports, paths, errors, request ids, metrics. */
@NullMarked
package com.redhat.cloud.exports.platform.http;

import org.jspecify.annotations.NullMarked;

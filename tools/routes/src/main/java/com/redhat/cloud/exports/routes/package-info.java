/** Finds and checks route files, and applies changed ones while the application runs. */
@NullMarked
package com.redhat.cloud.exports.routes;

import org.jspecify.annotations.NullMarked;

/** The route files: finding and checking them, and taking changed ones in while the service runs. */
@NullMarked
package com.redhat.cloud.exports.routes;

import org.jspecify.annotations.NullMarked;

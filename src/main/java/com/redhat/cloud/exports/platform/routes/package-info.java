/** What all routes share: the error policy. */
@NullMarked
package com.redhat.cloud.exports.platform.routes;

import org.jspecify.annotations.NullMarked;

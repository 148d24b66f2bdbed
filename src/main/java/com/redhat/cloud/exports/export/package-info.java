/** The aggregate: creating, listing, finding and deleting exports; statuses and their transitions. */
@NullMarked
package com.redhat.cloud.exports.export;

import org.jspecify.annotations.NullMarked;

/** Exports: create, list, find and delete; statuses and their transitions. */
@NullMarked
package com.redhat.cloud.exports.export;

import org.jspecify.annotations.NullMarked;

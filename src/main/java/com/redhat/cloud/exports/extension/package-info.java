/** What teams add to exports by routes of their own: hooks, called after commit. */
@NullMarked
package com.redhat.cloud.exports.extension;

import org.jspecify.annotations.NullMarked;

/** What teams add to exports by routes of their own: hooks, called after commit. */
@NullMarked
package com.redhat.cloud.exports.hooks;

import org.jspecify.annotations.NullMarked;

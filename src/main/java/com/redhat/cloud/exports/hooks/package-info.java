/** Hooks: calls of routes that teams add, after the commit. */
@Exposes({Hook.class, Hooks.class})
@NullMarked
package com.redhat.cloud.exports.hooks;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;

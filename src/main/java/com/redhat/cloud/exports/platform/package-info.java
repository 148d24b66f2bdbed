/** What knows no feature, one package a subject. Features stand above it. */
@NullMarked
package com.redhat.cloud.exports.platform;

import org.jspecify.annotations.NullMarked;

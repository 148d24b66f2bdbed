/** The export service: one package a feature above a platform that knows none of them ({@code ArchitectureTests}). */
@NullMarked
package com.redhat.cloud.exports;

import org.jspecify.annotations.NullMarked;

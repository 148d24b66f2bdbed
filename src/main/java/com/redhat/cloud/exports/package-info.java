/** The export service: one package a feature, dependencies point one way (see {@code ArchitectureTests}). */
@NullMarked
package com.redhat.cloud.exports;

import org.jspecify.annotations.NullMarked;

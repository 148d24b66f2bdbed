/** The seeds of {@code make fuzz} are tests too. */
@NullMarked
package com.redhat.cloud.exports.fuzz;

import org.jspecify.annotations.NullMarked;

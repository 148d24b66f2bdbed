/** Takes over exports that the former service began. */
@Exposes(Adoption.class)
@NullMarked
package com.redhat.cloud.exports.adoption;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;

/** Who is calling: a tenant's user by x-rh-identity, a source application by pre-shared key. */
@NullMarked
package com.redhat.cloud.exports.identity;

import org.jspecify.annotations.NullMarked;

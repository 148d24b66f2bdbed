/** Callers: a tenant by x-rh-identity, a source application by pre-shared key; the rate limit of a tenant. */
@Exposes(Tenant.class)
@NullMarked
package com.redhat.cloud.exports.identity;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;

/** Identifies tenants by x-rh-identity and source applications by pre-shared key; limits the rate of an organisation. */
@Exposes(Tenant.class)
@NullMarked
package com.redhat.cloud.exports.identity;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;

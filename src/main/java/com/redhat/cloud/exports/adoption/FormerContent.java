package com.redhat.cloud.exports.adoption;

import java.util.UUID;

/** A source's data as the former service has stored it: the bytes that were sent, in an object of their own. */
record FormerContent(String orgId, UUID exportId, UUID sourceId, String rawKey) {}

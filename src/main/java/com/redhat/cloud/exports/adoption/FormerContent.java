package com.redhat.cloud.exports.adoption;

import java.util.UUID;

/** A source's data as the former service stored it: the bytes as sent, in an object of their own. */
record FormerContent(String orgId, UUID exportId, UUID sourceId, String rawKey) {}

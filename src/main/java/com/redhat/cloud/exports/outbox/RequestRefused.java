package com.redhat.cloud.exports.outbox;

import java.util.UUID;

/**
 * Kafka will never take the request event of this source, so that its application cannot answer.
 *
 * @param reason for the export's owner
 */
public record RequestRefused(UUID sourceId, String reason) {}

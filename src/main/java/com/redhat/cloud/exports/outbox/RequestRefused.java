package com.redhat.cloud.exports.outbox;

import java.util.UUID;

/**
 * Published when Kafka will never accept the request event of a source, so that its application cannot be asked.
 *
 * @param reason for the export's owner
 */
public record RequestRefused(UUID sourceId, String reason) {}

package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * An export as it stands.
 *
 * @param json what {@code sql/export/status.sql} makes of it; written as it is
 */
record StoredExport(UUID id, @JsonValue @JsonRawValue String json) implements AcceptedExport {}

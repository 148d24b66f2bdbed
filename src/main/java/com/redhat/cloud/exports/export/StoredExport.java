package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.UUID;

/**
 * An export in the database.
 *
 * @param json built by {@code sql/export/status.sql}; written as it is
 */
record StoredExport(UUID id, @JsonValue @JsonRawValue String json) implements AcceptedExport {}

package com.redhat.cloud.exports.export;

import java.util.UUID;

/** The answer of {@code POST /exports}: an export made now, or the one that an earlier request of the same key made. */
sealed interface AcceptedExport permits ExportView, StoredExport {

    UUID id();
}

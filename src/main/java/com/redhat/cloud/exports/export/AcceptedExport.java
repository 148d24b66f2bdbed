package com.redhat.cloud.exports.export;

import java.util.UUID;

/** The answer of {@code POST /exports}: a new export, or the one made by an earlier request with the same key. */
sealed interface AcceptedExport permits ExportView, StoredExport {

    UUID id();
}

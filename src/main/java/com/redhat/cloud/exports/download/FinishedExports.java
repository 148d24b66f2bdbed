package com.redhat.cloud.exports.download;

import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.export.ExportStatus;
import com.redhat.cloud.exports.export.SourceStatus;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.database.SqlStatement;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds exports for download. */
@Component
class FinishedExports {

    private static final SqlStatement FIND = SqlStatement.read("download/find");

    private final JdbcClient database;

    FinishedExports(JdbcClient database) {
        this.database = database;
    }

    /**
     * @param maxSize of the manifest; the sources of an export with more are left out
     * @throws ExportNotFoundException when the tenant has no such export
     * @throws ServiceException when it is not complete or partial
     */
    FinishedExport find(UUID id, Tenant tenant, long maxSize) {
        FinishedExport export = FIND.on(database)
                .param("id", id)
                .param("orgId", tenant.orgId())
                .param("username", tenant.username())
                .param("accountNumber", tenant.accountNumber())
                .param("maxSize", maxSize)
                .query(rows -> rows.next() ? Optional.of(read(id, rows)) : Optional.<FinishedExport>empty())
                .orElseThrow(() -> ExportNotFoundException.of(id));
        if (!export.isDownloadable()) {
            throw ServiceException.invalid("'%s' is not ready for download".formatted(id));
        }
        return export;
    }

    private static FinishedExport read(UUID id, ResultSet rows) throws SQLException {
        boolean downloadable = ExportStatus.of(rows.getString("export_status"))
                .filter(ExportStatus::isDownloadable)
                .isPresent();
        String format = rows.getString("format");
        Instant createdAt = instant(rows, "created_at");
        Instant completedAt = instant(rows, "completed_at");
        String zipKey = rows.getString("zip_key");
        long manifestSize = rows.getLong("manifest_size");
        boolean storedByFormerService = false;
        List<FinishedExport.Source> sources = new ArrayList<>();
        do {
            if (rows.getString("id") != null) {
                sources.add(source(rows));
                storedByFormerService |= rows.getBoolean("stored_by_former_service");
            }
        } while (rows.next());
        return new FinishedExport(
                id,
                downloadable,
                format,
                createdAt == null ? Instant.EPOCH : createdAt,
                completedAt,
                zipKey,
                zipKey == null && storedByFormerService,
                manifestSize,
                sources);
    }

    private static FinishedExport.Source source(ResultSet row) throws SQLException {
        String storageKey = row.getString("storage_key");
        return new FinishedExport.Source(
                row.getObject("id", UUID.class),
                row.getString("application"),
                row.getString("resource"),
                row.getString("filters"),
                SourceStatus.of(row.getString("status")),
                row.getInt("code"),
                row.getString("message"),
                storageKey == null
                        ? null
                        : new FinishedExport.Content(
                                storageKey,
                                row.getLong("size"),
                                row.getLong("deflated_size"),
                                row.getLong("crc32"),
                                HexFormat.of().formatHex(row.getBytes("sha256")),
                                row.getBoolean("byte_order_mark"),
                                row.getString("delimiter")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

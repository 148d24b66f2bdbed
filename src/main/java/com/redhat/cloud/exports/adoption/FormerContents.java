package com.redhat.cloud.exports.adoption;

import com.redhat.cloud.exports.platform.database.SqlStatement;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.upload.SourceResult;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds data that the former service stored, and replaces it. */
@Component
class FormerContents {

    private static final SqlStatement FIND = SqlStatement.read("adoption/find-content");
    private static final SqlStatement ADOPT = SqlStatement.read("adoption/adopt-content");

    private final JdbcClient database;

    FormerContents(JdbcClient database) {
        this.database = database;
    }

    List<FormerContent> of(UUID exportId) {
        return FIND.on(database)
                .param("exportId", exportId)
                .query((row, number) -> new FormerContent(
                        row.getString("organization_id"),
                        exportId,
                        row.getObject("id", UUID.class),
                        row.getString("raw_key")))
                .list();
    }

    /**
     * Gives a source its new object, and hands the former one to deletion.
     *
     * @return false when another request was faster
     * @throws ServiceException when the new object has been deleted meanwhile
     */
    boolean replace(FormerContent content, SourceResult.Delivery delivery) {
        return ADOPT.on(database)
                .param("sourceId", content.sourceId())
                .param("rawKey", content.rawKey())
                .param("storageKey", delivery.storageKey())
                .param("size", delivery.size())
                .param("deflatedSize", delivery.deflatedSize())
                .param("crc32", delivery.crc32())
                .param("sha256", delivery.sha256())
                .param("byteOrderMark", delivery.byteOrderMark())
                .query((row, number) -> {
                    boolean adopted = row.getBoolean("adopted");
                    if (row.getBoolean("adoptable") && !adopted) {
                        throw ServiceException.unavailable("the data is still being copied");
                    }
                    return adopted;
                })
                .single();
    }
}

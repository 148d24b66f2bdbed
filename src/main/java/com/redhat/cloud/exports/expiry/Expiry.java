package com.redhat.cloud.exports.expiry;

import com.redhat.cloud.exports.outbox.RequestRefused;
import com.redhat.cloud.exports.platform.database.SqlStatement;
import com.redhat.cloud.exports.upload.SourceResults;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Fails sources that will get no result, so that their exports finish. */
@Component("expiry")
class Expiry {

    private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

    private static final SqlStatement EXPORT_OF_SOURCE = SqlStatement.read("expiry/export-of-source");

    private final JdbcClient database;
    private final SourceResults results;

    Expiry(JdbcClient database, SourceResults results) {
        this.database = database;
        this.results = results;
    }

    /** Fails a source that expired before its application answered. */
    void failExpired(@Variable("exportId") UUID exportId, @Variable("sourceId") UUID sourceId) {
        fail(exportId, sourceId, 410, "the application did not answer before the data would expire");
    }

    /** Fails a source whose application did not answer before the deadline, although it was reminded. */
    void failUnresponsive(@Variable("exportId") UUID exportId, @Variable("sourceId") UUID sourceId) {
        fail(exportId, sourceId, 504, "the application did not answer in time");
    }

    /** Fails a source whose application cannot be asked. */
    @EventListener
    void failRefused(RequestRefused request) {
        exportOf(request.sourceId()).ifPresent(exportId -> fail(exportId, request.sourceId(), 502, request.reason()));
    }

    /** Finds the export of a pending source. */
    private Optional<UUID> exportOf(UUID sourceId) {
        return EXPORT_OF_SOURCE
                .on(database)
                .param("sourceId", sourceId)
                .query(UUID.class)
                .optional();
    }

    private void fail(UUID exportId, UUID sourceId, int code, String message) {
        if (!results.fail(exportId, sourceId, code, message)) {
            LOG.debug("source {} has a result meanwhile, or is gone", sourceId);
        }
    }
}

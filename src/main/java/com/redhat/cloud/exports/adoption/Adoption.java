package com.redhat.cloud.exports.adoption;

import com.redhat.cloud.exports.platform.storage.ObjectStore;
import com.redhat.cloud.exports.upload.SourceResults;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Takes over exports that the former service announced, and of which it may have received some results. Exports that it
 * finished have a zip and need nothing.
 */
@Component("adoption")
public class Adoption {

    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private final FormerContents contents;
    private final SourceResults results;
    private final ObjectStore store;

    Adoption(FormerContents contents, SourceResults results, ObjectStore store) {
        this.contents = contents;
        this.results = results;
        this.store = store;
    }

    /**
     * Adopts the data of an export that the former service stored unchanged: reads, hashes and deflates it like an upload, so
     * that an archive can be composed of it.
     *
     * @throws com.redhat.cloud.exports.platform.errors.ServiceException when the store does not answer or has no
     *     such object
     */
    public void adopt(UUID exportId) throws IOException {
        for (FormerContent content : contents.of(exportId)) {
            try (InputStream body = store.read(content.rawKey())) {
                boolean adopted = results.store(
                        content.orgId(),
                        exportId,
                        content.sourceId(),
                        body,
                        delivery -> contents.replace(content, delivery));
                if (adopted) {
                    LOG.info("adopted {} of the former service", content.rawKey());
                }
            }
        }
    }

    /** Finishes an export whose sources all have a result. */
    void finish(@Variable("exportId") UUID exportId) {
        if (results.updateStatus(exportId)) {
            LOG.info("finished export {} of the former service", exportId);
        }
    }
}

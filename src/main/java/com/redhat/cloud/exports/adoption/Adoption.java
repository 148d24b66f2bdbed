package com.redhat.cloud.exports.adoption;

import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.platform.storage.ObjectStore;
import com.redhat.cloud.exports.upload.ResultRecorder;
import com.redhat.cloud.exports.upload.UploadPipeline;
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
    private final ResultRecorder recorder;
    private final UploadPipeline pipeline;
    private final ObjectStore store;

    Adoption(FormerContents contents, ResultRecorder recorder, UploadPipeline pipeline, ObjectStore store) {
        this.contents = contents;
        this.recorder = recorder;
        this.pipeline = pipeline;
        this.store = store;
    }

    /**
     * Adopts the data of an export that the former service stored unchanged: reads, hashes and deflates it like an upload, so
     * that an archive can be composed of it.
     *
     * @throws com.redhat.cloud.exports.platform.storage.StorageUnavailableException when the store does not answer or has no
     *     such object
     */
    public void adopt(UUID exportId) throws IOException {
        for (FormerContent content : contents.of(exportId)) {
            try (InputStream body = store.read(content.rawKey())) {
                boolean adopted = pipeline.storeAgain(
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
        try {
            recorder.recordStatus(exportId);
            LOG.info("finished export {} of the former service", exportId);
        } catch (ExportNotFoundException e) {
            LOG.debug("export {} no longer needs finishing: {}", exportId, e.getMessage());
        }
    }
}

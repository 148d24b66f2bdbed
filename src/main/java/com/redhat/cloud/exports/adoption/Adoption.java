package com.redhat.cloud.exports.adoption;

import com.redhat.cloud.exports.export.ExportNotFoundException;
import com.redhat.cloud.exports.platform.storage.ObjectStore;
import com.redhat.cloud.exports.upload.ResultRecorder;
import com.redhat.cloud.exports.upload.SourceRepository;
import com.redhat.cloud.exports.upload.UploadPipeline;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Goes on with what the former service has begun: exports that it has announced, and perhaps taken some answers of, but
 * not finished. Its own finished exports need nothing of this: they have a zip.
 */
@Component("adoption")
public class Adoption {

    private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

    private final SourceRepository sources;
    private final ResultRecorder recorder;
    private final UploadPipeline pipeline;
    private final ObjectStore store;

    Adoption(SourceRepository sources, ResultRecorder recorder, UploadPipeline pipeline, ObjectStore store) {
        this.sources = sources;
        this.recorder = recorder;
        this.pipeline = pipeline;
        this.store = store;
    }

    /**
     * Takes in the data of an export that the former service has stored as it came, so that an archive can be composed of
     * it: read once, hashed and deflated on the way, like an upload.
     *
     * @throws com.redhat.cloud.exports.platform.storage.StorageUnavailableException when the store does not answer or has no such
     *     object
     */
    public void adopt(UUID exportId) throws IOException {
        for (SourceRepository.FormerContent content : sources.formerContent(exportId)) {
            try (InputStream body = store.read(content.rawKey())) {
                if (pipeline.adopt(content, body)) {
                    LOG.info("took in {} of the former service", content.rawKey());
                }
            }
        }
    }

    /** Finishes an export whose sources are all answered. */
    void finish(@Variable("exportId") UUID exportId) {
        try {
            recorder.settle(exportId);
            LOG.info("finished export {} of the former service", exportId);
        } catch (ExportNotFoundException e) {
            LOG.debug("export {} need not be finished any more: {}", exportId, e.getMessage());
        }
    }
}

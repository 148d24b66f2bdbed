package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.export.ExportNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Results of sources that are recorded without a request of their application. */
@Component
public class SourceResults {

    private final ResultRecorder recorder;
    private final UploadPipeline pipeline;

    SourceResults(ResultRecorder recorder, UploadPipeline pipeline) {
        this.recorder = recorder;
        this.pipeline = pipeline;
    }

    /**
     * Fails a source.
     *
     * @return false when it has a result, or its export is gone
     */
    public boolean fail(UUID exportId, UUID sourceId, int code, String message) {
        try {
            recorder.record(exportId.toString(), exportId, sourceId, new SourceResult.Failure(code, message));
            return true;
        } catch (AlreadyProcessedException | ExportNotFoundException e) {
            return false;
        }
    }

    /**
     * Derives the status of an export from those of its sources.
     *
     * @return false when the export is gone
     */
    public boolean updateStatus(UUID exportId) {
        return recorder.updateStatus(exportId);
    }

    /**
     * Stores data that has been accepted before, without validating it.
     *
     * @param keep assigns the object to the source; returns false when the source needs it no more
     * @return whether the object was kept; otherwise it is deleted
     */
    public boolean store(
            String orgId, UUID exportId, UUID sourceId, InputStream data, Predicate<SourceResult.Delivery> keep)
            throws IOException {
        return pipeline.store(orgId, exportId, sourceId, data, keep);
    }
}

/** Results of sources: their data as it arrives, their errors, and what these make of an export. */
@Exposes({
    AlreadyAnsweredException.class,
    LeaseLostException.class,
    ResultRecorder.class,
    SourceResult.class,
    UploadPipeline.class
})
@NullMarked
package com.redhat.cloud.exports.upload;

import com.redhat.cloud.exports.platform.Exposes;
import org.jspecify.annotations.NullMarked;

package com.redhat.cloud.exports.export;

import static com.redhat.cloud.exports.export.SourceStatus.COMPLETE;
import static com.redhat.cloud.exports.export.SourceStatus.FAILED;
import static com.redhat.cloud.exports.export.SourceStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportStatusTests {

    @Test
    void itFollowsFromTheSources() {
        assertThat(of(PENDING)).isEqualTo(ExportStatus.PENDING);
        assertThat(of(PENDING, PENDING)).isEqualTo(ExportStatus.PENDING);
        assertThat(of(COMPLETE, PENDING)).isEqualTo(ExportStatus.RUNNING);
        assertThat(of(PENDING, FAILED)).isEqualTo(ExportStatus.RUNNING);
        assertThat(of(PENDING, FAILED, COMPLETE)).isEqualTo(ExportStatus.RUNNING);
        assertThat(of(COMPLETE)).isEqualTo(ExportStatus.COMPLETE);
        assertThat(of(COMPLETE, COMPLETE)).isEqualTo(ExportStatus.COMPLETE);
        assertThat(of(FAILED, COMPLETE)).isEqualTo(ExportStatus.PARTIAL);
        assertThat(of(FAILED)).isEqualTo(ExportStatus.FAILED);
        assertThat(of(FAILED, FAILED)).isEqualTo(ExportStatus.FAILED);
    }

    @Test
    void onlyAFinishedExportWithContentIsDownloadable() {
        assertThat(ExportStatus.values())
                .filteredOn(ExportStatus::isFinished)
                .containsExactly(ExportStatus.COMPLETE, ExportStatus.PARTIAL, ExportStatus.FAILED);
        assertThat(ExportStatus.values())
                .filteredOn(ExportStatus::isDownloadable)
                .containsExactly(ExportStatus.COMPLETE, ExportStatus.PARTIAL);
    }

    @ParameterizedTest
    @EnumSource
    void itsWireNameParsesBack(ExportStatus status) {
        assertThat(status.wireName()).isLowerCase();
        assertThat(ExportStatus.of(status.wireName())).contains(status);
    }

    private static ExportStatus of(SourceStatus... sources) {
        return ExportStatus.of(List.of(sources));
    }
}

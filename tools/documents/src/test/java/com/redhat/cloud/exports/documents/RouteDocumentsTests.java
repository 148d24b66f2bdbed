package com.redhat.cloud.exports.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.documents.TypicalMistakes.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The generated pages are up to date; if not, run `make routes-diagram`. */
class RouteDocumentsTests {

    @SuppressWarnings("unused")
    private static final List<Mistake> MISTAKES = TypicalMistakes.ALL;

    @Test
    void theDiagramsShowTheRoutes() throws IOException {
        assertThat(Files.readString(RouteDocuments.ROUTES)).isEqualTo(RouteDocuments.routes());
    }

    @Test
    void theGuideShowsTheMessagesOfTheCheck() throws IOException {
        String guide = Files.readString(RouteDocuments.GUIDE);
        assertThat(guide).isEqualTo(RouteDocuments.guide(guide));
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void eachMistakeIsFound(Mistake mistake) {
        assertThat(mistake.findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.file()).isEqualTo(TypicalMistakes.FILE);
            assertThat(finding.message()).isNotBlank();
        });
    }
}

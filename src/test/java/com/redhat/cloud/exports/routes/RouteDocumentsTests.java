package com.redhat.cloud.exports.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.routes.TypicalMistakes.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the documentation says of the routes is what they are: else `make routes-diagram` has to be run. */
class RouteDocumentsTests {

    @SuppressWarnings("unused")
    private static final List<Mistake> MISTAKES = TypicalMistakes.ALL;

    @Test
    void theDiagramsAreThoseOfTheRoutes() throws IOException {
        assertThat(Files.readString(RouteDocuments.ROUTES)).isEqualTo(RouteDocuments.routes());
    }

    @Test
    void theMistakesHaveTheMessagesThatTheGuideSays() throws IOException {
        String guide = Files.readString(RouteDocuments.GUIDE);
        assertThat(guide).isEqualTo(RouteDocuments.guide(guide));
    }

    @ParameterizedTest
    @FieldSource("MISTAKES")
    void eachMistakeIsFoundInItsFileAndNothingElseIs(Mistake mistake) throws IOException {
        assertThat(TypicalMistakes.findings(mistake)).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.file()).isEqualTo("routes/" + mistake.file() + RouteFile.SUFFIX);
            assertThat(finding.message()).isNotBlank();
        });
    }
}

package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tests and settings that docs/compatibility.md names exist. */
class CompatibilityDocumentTests {

    private static final Path TESTS = Path.of("src/test/java/com/redhat/cloud/exports");
    private static final Pattern TEST = Pattern.compile("\\| `([A-Za-z]+Tests)` \\|");
    private static final Pattern SETTING = Pattern.compile("`([A-Z]+(?:_[A-Z]+)+)`");

    @Test
    void everyCallerHasATestAndEveryTestOfACallerIsListed() throws IOException {
        try (Stream<Path> tests = Files.list(TESTS.resolve("wire/callers"))) {
            assertThat(named(TEST, Files.readString(Path.of("docs/compatibility.md"))))
                    .isEqualTo(tests.map(test -> test.getFileName().toString())
                            .filter(name -> name.endsWith("Tests.java"))
                            .map(name -> name.replace(".java", ""))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void everySwitchIsASetting() throws IOException {
        Set<String> switches = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("docs/compatibility.md"))) {
            switches.addAll(named(SETTING, line.substring(line.lastIndexOf(" | ") + 1)));
        }
        assertThat(switches).isNotEmpty();
        assertThat(named(SETTING, Files.readString(Path.of("docs/configuration.md"))))
                .containsAll(switches);
    }

    private static Set<String> named(Pattern name, String text) {
        return name.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }
}

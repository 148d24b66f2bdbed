package com.redhat.cloud.exports.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of settings are up to date; if not, run `make docs-settings`. */
class SettingsDocumentTests {

    private static final Path DOCUMENT = Path.of("docs/configuration.md");
    private static final Path LIMITS = Path.of("docs/limits.md");
    private static final Pattern VARIABLE = Pattern.compile("`([A-Z]+_[A-Z_]*[A-Z])`");

    @Test
    void theTablesOfSettingsAreUpToDate() throws IOException {
        String document = Files.readString(DOCUMENT);
        assertThat(document)
                .as("docs/configuration.md is out of date: make docs-settings")
                .isEqualTo(new SettingsTables().fill(document));
    }

    @Test
    void everyVariableThatLimitsNameExists() throws IOException {
        List<String> variables = new SettingsTables()
                .settings().stream()
                        .flatMap(setting -> setting.variables().stream())
                        .toList();
        assertThat(VARIABLE.matcher(Files.readString(LIMITS)).results().map(name -> name.group(1)))
                .isNotEmpty()
                .isSubsetOf(variables);
    }
}

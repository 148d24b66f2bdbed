package com.redhat.cloud.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/configuration.md lists is what the service reads. */
class ConfigurationDocumentTests {

    @Test
    void everySettingIsDocumentedAndEveryDocumentedSettingIsRead() throws IOException {
        Set<String> read = new TreeSet<>();
        find(Path.of("src/main/resources/application.yaml"), Pattern.compile("\\$\\{([A-Z_]+):"), read);
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/com/redhat/cloud/exports/config"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                find(source, Pattern.compile("environment(?:\\.getProperty\\(|, )\\s*\"([A-Z_]+)\""), read);
            }
        }
        read.add("ACG_CONFIG");
        Set<String> documented = new TreeSet<>();
        Files.readAllLines(Path.of("docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> findIn(line.split("\\|")[1], Pattern.compile("`([A-Z_]+)`"), documented));
        assertThat(documented).isEqualTo(read);
    }

    private static void find(Path file, Pattern name, Set<String> found) throws IOException {
        findIn(Files.readString(file), name, found);
    }

    private static void findIn(String text, Pattern name, Set<String> found) {
        Matcher matcher = name.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
    }
}

package com.redhat.cloud.exports.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/configuration.md lists is what the service reads, with the defaults that it has. */
class ConfigurationDocumentTests {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+):((?:[^${}]++|\\$\\{[^}]*}+)*)}");
    private static final Pattern READ_BY_JAVA =
            Pattern.compile("environment(?:\\.getProperty\\(|, )\\s*\"([A-Z_]+)\",?\\s*(?:\"([^\"]*)\")?");
    private static final Pattern NAME = Pattern.compile("`([A-Z_]+)`");
    private static final String NONE = "none";

    @Test
    void everySettingIsDocumentedWithItsDefaultAndEveryDocumentedSettingIsRead() throws IOException {
        Map<String, String> read = new TreeMap<>(Map.of("ACG_CONFIG", NONE));
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/com/redhat/cloud/exports/platform/config"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                find(Files.readString(source), READ_BY_JAVA, read);
            }
        }
        find(Files.readString(Path.of("src/main/resources/application.yaml")), PLACEHOLDER, read);

        Map<String, String> documented = new TreeMap<>();
        for (List<String> row : rows()) {
            NAME.matcher(row.getFirst()).results().forEach(name -> documented.put(name.group(1), row.get(1)));
        }
        assertThat(documented).isEqualTo(read);
    }

    @Test
    void everySettingSaysWhatItIs() throws IOException {
        assertThat(rows()).allSatisfy(row -> assertThat(row.get(2)).isNotBlank());
    }

    /** Name, default and meaning of the settings in the tables. */
    private static List<List<String>> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/configuration.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** A placeholder within a default is another name of the same setting. */
    private static void find(String text, Pattern setting, Map<String, String> found) {
        Matcher matcher = setting.matcher(text);
        while (matcher.find()) {
            String otherwise = matcher.group(2);
            if (otherwise != null && otherwise.startsWith("${")) {
                found.put(matcher.group(1), NONE);
                find(otherwise, setting, found);
            } else {
                found.put(matcher.group(1), otherwise == null || otherwise.isEmpty() ? NONE : otherwise);
            }
        }
    }
}

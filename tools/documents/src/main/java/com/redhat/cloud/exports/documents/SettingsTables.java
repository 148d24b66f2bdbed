package com.redhat.cloud.exports.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the tables of settings ({@code make docs-settings}). Variables, defaults and their order come from
 * {@code application.yaml}, descriptions from the metadata that Spring Boot's annotation processor makes of the Javadoc. In
 * the document each table is between two comments, the first of which lists its properties:
 *
 * <pre>
 * &lt;!-- settings: export.database export.log-level -->
 * | variable | default | description |
 * &lt;!-- end -->
 * </pre>
 */
final class SettingsTables {

    private static final Pattern TABLE =
            Pattern.compile("(<!-- settings: ([a-z. -]+?) -->\n).*?(<!-- end -->)", Pattern.DOTALL);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+):(.*)}");
    private static final Pattern CODE = Pattern.compile("\\{@code ([^{}]*(?:\\{[^{}]*}[^{}]*)*)}");
    private static final Pattern PAGE = Pattern.compile("docs/([a-z-]+\\.md)(#[a-z-]+)?");

    /** @param variables the first one that is set counts */
    record Setting(String property, List<String> variables, String defaultValue, String description) {

        String toRow() {
            return "| %s | %s | %s |\n"
                    .formatted(
                            variables.stream().map("`%s`"::formatted).collect(Collectors.joining(", ")),
                            defaultValue.isEmpty() ? "none" : defaultValue,
                            markdown(description));
        }

        private static String markdown(String javadoc) {
            String text = CODE.matcher(javadoc).replaceAll(code -> Matcher.quoteReplacement("`" + code.group(1) + "`"));
            return PAGE.matcher(text)
                    .replaceAll(page ->
                            "[%s](%s)".formatted(page.group(1), page.group().substring(5)));
        }
    }

    private final List<Setting> settings;

    SettingsTables() throws IOException {
        Map<String, String> values = values();
        Map<String, String> descriptions = descriptions();
        if (!descriptions.keySet().equals(values.keySet())) {
            throw new IllegalStateException("only described: %s, only in application.yaml: %s"
                    .formatted(without(descriptions, values), without(values, descriptions)));
        }
        settings = values.entrySet().stream()
                .map(entry -> setting(entry.getKey(), entry.getValue(), descriptions.get(entry.getKey())))
                .toList();
    }

    public static void main(String[] arguments) throws IOException {
        Path document = Path.of(arguments[0]);
        Files.writeString(document, new SettingsTables().fill(Files.readString(document)));
    }

    /** Replaces the tables of a document, which must have each setting in exactly one. */
    String fill(String document) {
        List<Setting> shown = new ArrayList<>();
        String filled = TABLE.matcher(document).replaceAll(table -> {
            List<Setting> rows = rows(table);
            shown.addAll(rows);
            return Matcher.quoteReplacement(table.group(1)
                    + "| variable | default | description |\n|---|---|---|\n"
                    + rows.stream().map(Setting::toRow).collect(Collectors.joining())
                    + table.group(3));
        });
        List<String> wrong = settings.stream()
                .filter(setting -> shown.stream().filter(setting::equals).count() != 1)
                .map(Setting::property)
                .toList();
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("not in exactly one table: " + wrong);
        }
        return filled;
    }

    List<Setting> settings() {
        return settings;
    }

    private List<Setting> rows(MatchResult table) {
        List<String> prefixes = List.of(table.group(2).split(" "));
        return settings.stream()
                .filter(setting -> prefixes.stream()
                        .anyMatch(prefix -> setting.property().equals(prefix)
                                || setting.property().startsWith(prefix + ".")))
                .toList();
    }

    private static Setting setting(String property, String value, String description) {
        List<String> variables = new ArrayList<>();
        String rest = value;
        for (Matcher placeholder = PLACEHOLDER.matcher(rest); placeholder.matches(); placeholder.reset(rest)) {
            variables.add(placeholder.group(1));
            rest = placeholder.group(2);
        }
        if (variables.isEmpty() || description.isEmpty()) {
            throw new IllegalStateException(property + " has no variable or no description");
        }
        return new Setting(property, variables, rest, description);
    }

    private static Map<String, String> values() throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (URL file : resources("application.yaml")) {
            flatten("export", new YAMLMapper().readTree(file).path("export"), values);
        }
        return values;
    }

    private static void flatten(String name, JsonNode value, Map<String, String> into) {
        if (value.isObject()) {
            value.properties().forEach(field -> flatten(name + "." + field.getKey(), field.getValue(), into));
        } else {
            into.put(name, value.asText());
        }
    }

    private static Map<String, String> descriptions() throws IOException {
        Map<String, String> descriptions = new HashMap<>();
        for (URL file : resources("META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : new ObjectMapper().readTree(file).path("properties")) {
                if (property.path("name").asText().startsWith("export.")) {
                    descriptions.put(
                            property.path("name").asText(),
                            property.path("description").asText());
                }
            }
        }
        return descriptions;
    }

    private static List<URL> resources(String name) throws IOException {
        return Collections.list(SettingsTables.class.getClassLoader().getResources(name));
    }

    private static List<String> without(Map<String, ?> all, Map<String, ?> others) {
        return all.keySet().stream()
                .filter(key -> !others.containsKey(key))
                .sorted()
                .toList();
    }
}

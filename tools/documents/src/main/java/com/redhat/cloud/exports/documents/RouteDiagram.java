package com.redhat.cloud.exports.documents;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Draws one route as a Mermaid flow chart: every step a box, in the order of the file, conditions as diamonds. */
final class RouteDiagram {

    /** In simple. */
    private static final String NULL = "${null}";

    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "variable", "header", "exchangeProperty");

    private final StringBuilder text = new StringBuilder("flowchart LR\n");
    private int nodes;

    private RouteDiagram() {}

    /** @param from of the route */
    static String of(JsonNode from) {
        var diagram = new RouteDiagram();
        String start = diagram.node("([", endpoint(from), "])");
        diagram.steps(List.of(start), "", from.path("steps"));
        return diagram.text.toString();
    }

    /**
     * Draws steps in sequence.
     *
     * @param before box before the first one
     * @param label of the arrow to the first one
     * @return box after which to go on
     */
    private List<String> steps(List<String> before, String label, JsonNode steps) {
        List<String> last = before;
        String way = label;
        for (JsonNode step : steps) {
            for (Map.Entry<String, JsonNode> entry : step.properties()) {
                last = step(last, way, entry.getKey(), entry.getValue());
                way = "";
            }
        }
        return last;
    }

    private List<String> step(List<String> before, String way, String name, JsonNode step) {
        return switch (name) {
            case "choice" -> choice(before, way, step);
            case "filter" -> {
                String condition = condition(before, way, step);
                yield both(List.of(condition), steps(List.of(condition), "yes", step.path("steps")));
            }
            case "doTry" -> attempt(before, way, step);
            case "split", "loop" -> {
                String each = box(
                        before,
                        way,
                        "[/",
                        name.equals("split") ? "for each of " + expression(step) : "as long as " + expression(step),
                        "/]");
                yield steps(List.of(each), "", step.path("steps"));
            }
            default -> {
                String box = leaf(before, way, name, step);
                yield steps(List.of(box), "", step.path("steps"));
            }
        };
    }

    private List<String> choice(List<String> before, String way, JsonNode choice) {
        List<String> ends = List.of();
        List<String> undecided = before;
        String label = way;
        for (JsonNode when : choice.path("when")) {
            String condition = condition(undecided, label, when);
            ends = both(ends, steps(List.of(condition), "yes", when.path("steps")));
            undecided = List.of(condition);
            label = "no";
        }
        return both(ends, steps(undecided, label, choice.path("otherwise").path("steps")));
    }

    private List<String> attempt(List<String> before, String way, JsonNode attempt) {
        String start = box(before, way, "[/", "try", "/]");
        List<String> ends = steps(List.of(start), "", attempt.path("steps"));
        for (JsonNode handler : attempt.path("doCatch")) {
            List<String> exceptions = handler.path("exception")
                    .valueStream()
                    .map(exception -> exception.asText().replaceFirst(".*\\.", ""))
                    .toList();
            ends = both(ends, steps(List.of(start), String.join(", ", exceptions), handler.path("steps")));
        }
        return steps(ends, "", attempt.path("doFinally").path("steps"));
    }

    private String condition(List<String> before, String way, JsonNode step) {
        return box(before, way, "{", expression(step), "}");
    }

    private String leaf(List<String> before, String way, String name, JsonNode step) {
        return switch (name) {
            case "to", "toD", "wireTap", "poll" -> {
                String uri = step.path("uri").asText();
                if (uri.equals("bean")) {
                    JsonNode bean = step.path("parameters");
                    String call = bean.path("beanName").asText() + "."
                            + bean.path("method").asText();
                    yield box(before, way, "[", call, "]");
                }
                boolean route = uri.startsWith("direct");
                yield box(before, way, route ? "[[" : "[(", endpoint(step), route ? "]]" : ")]");
            }
            case "bean" ->
                box(
                        before,
                        way,
                        "[",
                        step.path("ref").asText() + "." + step.path("method").asText(),
                        "]");
            case "setHeader", "setVariable", "setProperty" ->
                box(
                        before,
                        way,
                        "[",
                        "%s %s = %s"
                                .formatted(
                                        name.substring(3).toLowerCase(Locale.ROOT),
                                        step.path("name").asText(),
                                        expression(step)),
                        "]");
            case "setBody" ->
                box(before, way, "[", NULL.equals(expression(step)) ? "no body" : "body = " + expression(step), "]");
            case "marshal", "unmarshal" -> box(before, way, "[", name + " " + String.join("", formats(step)), "]");
            case "log" -> box(before, way, "[", "log: " + step.path("message").asText(), "]");
            default -> box(before, way, "[", name, "]");
        };
    }

    private static List<String> formats(JsonNode step) {
        return step.properties().stream()
                .map(format -> format.getValue().path("ref").asText(format.getKey()))
                .filter(key -> !Set.of("description", "id").contains(key))
                .toList();
    }

    /** The component and its main option. */
    static String endpoint(JsonNode step) {
        String uri = step.path("uri").asText();
        return Stream.of("name", "timerName", "path", "topic", "query", "operation", "address", "httpUri", "command")
                .map(option -> step.path("parameters").path(option).asText())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> uri + ": " + value.replaceFirst("^(classpath|file):", ""))
                .orElseGet(() -> uri.replaceFirst("\\?.*", "").replaceFirst(":(//)?", ": "));
    }

    private static String expression(JsonNode step) {
        for (Map.Entry<String, JsonNode> entry : step.properties()) {
            if (LANGUAGES.contains(entry.getKey())) {
                JsonNode language = entry.getValue();
                return language.path("expression").asText(language.asText());
            }
            if (entry.getKey().equals("method")) {
                return entry.getValue().path("ref").asText() + "."
                        + entry.getValue().path("method").asText();
            }
        }
        return "…";
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
    }

    private String box(List<String> before, String way, String open, String label, String close) {
        String node = node(open, label, close);
        before.forEach(from ->
                text.append("  %s --%s> %s\n".formatted(from, way.isEmpty() ? "" : " " + quoted(way) + " --", node)));
        return node;
    }

    private String node(String open, String label, String close) {
        String node = "n" + nodes++;
        text.append("  %s%s%s%s\n".formatted(node, open, quoted(label), close));
        return node;
    }

    /** Cuts long labels, and escapes what would end a label in Mermaid. */
    private static String quoted(String label) {
        String line = label.lines().findFirst().orElse("").strip();
        String cut = line.length() > 60 || label.strip().contains("\n")
                ? line.substring(0, Math.min(line.length(), 59)) + "…"
                : line;
        String shown = cut.isEmpty() ? "(empty)" : cut;
        return "\"%s\""
                .formatted(shown.replace("#", "#35;")
                        .replace("\"", "#quot;")
                        .replace("<", "#lt;")
                        .replace(">", "#gt;"));
    }
}

package com.redhat.cloud.exports.routes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Draws one route as a Mermaid flow chart: every step a box, in the order of the file, conditions as diamonds. */
final class RouteDiagram {

    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "variable", "header", "exchangeProperty");

    private final StringBuilder text = new StringBuilder("flowchart LR\n");
    private int nodes;

    private RouteDiagram() {}

    /** @param from of the route */
    static String of(Node from) {
        var diagram = new RouteDiagram();
        String start = diagram.node("([", endpoint(from), "])");
        diagram.steps(List.of(start), "", Yaml.at(from, "steps"));
        return diagram.text.toString();
    }

    /**
     * Draws steps one behind the other.
     *
     * @param before what leads to the first of them
     * @param label of the way there
     * @return where it goes on from
     */
    private List<String> steps(List<String> before, String label, @Nullable Node steps) {
        List<String> last = before;
        String way = label;
        for (Node step : Yaml.elements(steps)) {
            for (Map.Entry<String, Node> entry : Yaml.entries(step).entrySet()) {
                last = step(last, way, entry.getKey(), entry.getValue());
                way = "";
            }
        }
        return last;
    }

    private List<String> step(List<String> before, String way, String name, Node step) {
        return switch (name) {
            case "choice" -> choice(before, way, step);
            case "filter" -> {
                String condition = condition(before, way, step);
                yield both(List.of(condition), steps(List.of(condition), "yes", Yaml.at(step, "steps")));
            }
            case "doTry" -> attempt(before, way, step);
            case "split", "loop" -> {
                String each = box(
                        before,
                        way,
                        "[/",
                        name.equals("split") ? "for each of " + expression(step) : "as long as " + expression(step),
                        "/]");
                yield steps(List.of(each), "", Yaml.at(step, "steps"));
            }
            default -> {
                String box = leaf(before, way, name, step);
                yield steps(List.of(box), "", Yaml.at(step, "steps"));
            }
        };
    }

    private List<String> choice(List<String> before, String way, Node choice) {
        List<String> ends = List.of();
        List<String> undecided = before;
        String label = way;
        for (Node when : Yaml.elements(Yaml.at(choice, "when"))) {
            String condition = condition(undecided, label, when);
            ends = both(ends, steps(List.of(condition), "yes", Yaml.at(when, "steps")));
            undecided = List.of(condition);
            label = "no";
        }
        return both(ends, steps(undecided, label, Yaml.at(choice, "otherwise", "steps")));
    }

    private List<String> attempt(List<String> before, String way, Node attempt) {
        String start = box(before, way, "[/", "try", "/]");
        List<String> ends = steps(List.of(start), "", Yaml.at(attempt, "steps"));
        for (Node handler : Yaml.elements(Yaml.at(attempt, "doCatch"))) {
            List<String> exceptions = Yaml.elements(Yaml.at(handler, "exception")).stream()
                    .map(exception -> Yaml.text(exception).replaceFirst(".*\\.", ""))
                    .toList();
            ends = both(ends, steps(List.of(start), String.join(", ", exceptions), Yaml.at(handler, "steps")));
        }
        return steps(ends, "", Yaml.at(attempt, "doFinally", "steps"));
    }

    private String condition(List<String> before, String way, Node step) {
        return box(before, way, "{", expression(step), "}");
    }

    private String leaf(List<String> before, String way, String name, Node step) {
        return switch (name) {
            case "to", "toD", "wireTap", "poll" -> {
                String uri = Yaml.text(Yaml.at(step, "uri"));
                if (uri.equals("bean")) {
                    Node bean = Yaml.at(step, "parameters");
                    yield box(
                            before,
                            way,
                            "[",
                            "%s.%s"
                                    .formatted(
                                            Yaml.text(Yaml.at(bean, "beanName")), Yaml.text(Yaml.at(bean, "method"))),
                            "]");
                }
                boolean route = uri.startsWith("direct");
                yield box(before, way, route ? "[[" : "[(", endpoint(step), route ? "]]" : ")]");
            }
            case "bean" ->
                box(before, way, "[", Yaml.text(Yaml.at(step, "ref")) + "." + Yaml.text(Yaml.at(step, "method")), "]");
            case "setHeader", "setVariable", "setProperty" ->
                box(
                        before,
                        way,
                        "[",
                        "%s %s = %s"
                                .formatted(
                                        name.substring(3).toLowerCase(Locale.ROOT),
                                        Yaml.text(Yaml.at(step, "name")),
                                        expression(step)),
                        "]");
            case "setBody" ->
                box(before, way, "[", expression(step).isEmpty() ? "no body" : "body = " + expression(step), "]");
            case "marshal", "unmarshal" -> box(before, way, "[", name + " " + String.join("", formats(step)), "]");
            case "log" -> box(before, way, "[", "log: " + Yaml.text(Yaml.at(step, "message")), "]");
            default -> box(before, way, "[", name, "]");
        };
    }

    private static List<String> formats(Node step) {
        return Yaml.entries(step).keySet().stream()
                .filter(key -> !Set.of("description", "id").contains(key))
                .toList();
    }

    /** The component and the option that says which one. */
    static String endpoint(Node step) {
        String uri = Yaml.text(Yaml.at(step, "uri"));
        return Stream.of("name", "timerName", "path", "topic", "query", "operation", "address", "httpUri", "command")
                .map(option -> Yaml.text(Yaml.at(step, "parameters", option)))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .map(value -> uri + ": " + value.replaceFirst("^(classpath|file):", ""))
                .orElse(uri);
    }

    private static String expression(Node step) {
        for (Map.Entry<String, Node> entry : Yaml.entries(step).entrySet()) {
            if (LANGUAGES.contains(entry.getKey())) {
                return Yaml.text(
                        Yaml.isScalar(entry.getValue()) ? entry.getValue() : Yaml.at(entry.getValue(), "expression"));
            }
            if (entry.getKey().equals("method")) {
                return Yaml.text(Yaml.at(entry.getValue(), "ref")) + "."
                        + Yaml.text(Yaml.at(entry.getValue(), "method"));
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

    /** What is longer than a box is cut; Mermaid has entities for what would end a label. */
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

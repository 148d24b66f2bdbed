package com.redhat.cloud.exports.routes;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The routes of a set of files, each with everything that determines its behaviour: equal ones need no exchange. Comments,
 * order and YAML style do not matter.
 */
final class RouteTexts {

    /** What Camel reads only at the start, or makes routes of other files from. */
    private static final Set<String> AT_START = Set.of("rest", "restConfiguration", "routeTemplate", "templatedRoute");

    /**
     * One route.
     *
     * @param file name of the route's file
     * @param text the route and what its file sets for all its routes, such as {@code errorHandler}
     */
    record RouteText(String file, String text) {}

    private RouteTexts() {}

    /** By route id. The files must be well-formed. */
    static Map<String, RouteText> of(Map<String, RouteFile> files) {
        Map<String, RouteText> routes = new TreeMap<>();
        files.forEach((name, file) -> {
            Node root = Yaml.parse(file.text());
            var shared = new StringBuilder();
            for (Node element : Yaml.elements(root)) {
                if (Yaml.at(element, "route") == null && !isReadAtStart(element)) {
                    write(element, shared);
                }
            }
            for (Node element : Yaml.elements(root)) {
                Node route = Yaml.at(element, "route");
                if (route != null && !Yaml.text(Yaml.at(route, "id")).isEmpty()) {
                    var text = new StringBuilder(shared);
                    write(route, text);
                    routes.put(Yaml.text(Yaml.at(route, "id")), new RouteText(name, text.toString()));
                }
            }
        });
        return routes;
    }

    /** The part of a file that takes effect only at the next start. */
    static String readAtStart(RouteFile file) {
        var text = new StringBuilder();
        Yaml.elements(Yaml.parse(file.text())).stream()
                .filter(RouteTexts::isReadAtStart)
                .forEach(element -> write(element, text));
        return text.toString();
    }

    private static boolean isReadAtStart(Node element) {
        return Yaml.entries(element).keySet().stream().anyMatch(AT_START::contains);
    }

    private static void write(Node node, StringBuilder text) {
        switch (node) {
            case MappingNode mapping -> {
                text.append('{');
                mapping.getValue().forEach(entry -> {
                    write(entry.getKeyNode(), text);
                    text.append(':');
                    write(entry.getValueNode(), text);
                });
                text.append('}');
            }
            case SequenceNode sequence -> {
                text.append('[');
                sequence.getValue().forEach(element -> write(element, text));
                text.append(']');
            }
            default ->
                text.append(node.getTag().getValue())
                        .append('"')
                        .append(Yaml.text(node))
                        .append('"');
        }
    }
}

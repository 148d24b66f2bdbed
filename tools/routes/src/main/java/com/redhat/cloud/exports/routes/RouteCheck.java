package com.redhat.cloud.exports.routes;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Checks route files without running them, for {@code make routes-check} and every reload. It checks all files together,
 * because they call each other.
 */
public final class RouteCheck {

    private final Surroundings surroundings;
    private final CamelContext camel;

    /** @param camel for its languages; need not be started */
    public RouteCheck(Surroundings surroundings, CamelContext camel) {
        this.surroundings = surroundings;
        this.camel = camel;
    }

    /** @return mistakes by file and line; empty when there are none */
    public List<Finding> check(Collection<RouteFile> files) {
        var findings = new Findings();
        Map<String, Node> roots = new TreeMap<>();
        for (RouteFile file : files) {
            try {
                Node root = Yaml.parse(file.text());
                if (root != null) {
                    roots.put(file.location(), root);
                }
            } catch (MarkedYamlEngineException e) {
                int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
                findings.error(file.location(), line, "not YAML: %s%s", e.getProblem(), hint(e.getProblem()));
            } catch (YamlEngineException e) {
                findings.error(
                        file.location(),
                        1,
                        "not YAML: %s",
                        String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            }
        }
        var schema = new SchemaCheck(findings);
        Set<String> beans = new HashSet<>();
        Set<String> settings = new HashSet<>();
        Set<String> configurations = new HashSet<>();
        roots.values().stream().flatMap(root -> Yaml.elements(root).stream()).forEach(element -> {
            beans.addAll(names(Yaml.at(element, "beans")));
            settings.addAll(names(Yaml.at(element, "routeTemplate", "parameters")));
            configurations.add(Yaml.text(Yaml.at(element, "routeConfiguration", "id")));
        });
        var expressions = new ExpressionCheck(camel, findings);
        var references = new ReferenceCheck(surroundings, findings, expressions, beans, settings, configurations);
        roots.forEach((file, root) -> {
            schema.check(file, root);
            references.check(file, root);
        });
        new FlowCheck(surroundings, findings).check(roots);
        return findings.inOrder();
    }

    private static List<String> names(@Nullable Node list) {
        return Yaml.elements(list).stream()
                .map(element -> Yaml.text(Yaml.at(element, "name")))
                .toList();
    }

    private static String hint(String problem) {
        if (problem.contains("TAB") || problem.contains("'\\t'")) {
            return "; indent with spaces";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "; put a text with ': ' in it in quotes";
        }
        if (problem.contains("expected <block end>")) {
            return "; the indentation does not match the lines above";
        }
        return "";
    }
}

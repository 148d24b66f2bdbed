package com.redhat.cloud.exports.routes;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Checks the files together: ids are unique, every {@code direct:} that is called exists, every operation of the API
 * documents has a route.
 */
final class FlowCheck {

    private final Surroundings surroundings;
    private final Findings findings;

    private record Place(String file, Node node) {}

    private record Operation(String document, int line) {}

    FlowCheck(Surroundings surroundings, Findings findings) {
        this.surroundings = surroundings;
        this.findings = findings;
    }

    /** @param files root nodes by file name */
    void check(Map<String, Node> files) {
        Map<String, Place> ids = new HashMap<>();
        Map<String, Place> consumed = new LinkedHashMap<>();
        Map<String, Place> called = new LinkedHashMap<>();
        Map<String, Operation> operations = new LinkedHashMap<>();
        Map<String, String> templates = templates(files);
        files.forEach((file, root) -> Yaml.elements(root).forEach(element -> {
            identity(file, element, ids);
            Node from = Yaml.at(element, "route", "from");
            direct(from).ifPresent(name -> consume(consumed, name, new Place(file, place(from))));
            Node made = Yaml.at(element, "templatedRoute");
            if (made != null) {
                madeFrom(templates, made).ifPresent(name -> consume(consumed, name, new Place(file, made)));
            }
            calls(file, element, called);
            operations(file, element, operations);
        }));
        Set<String> unused = new TreeSet<>(consumed.keySet());
        unused.removeAll(operations.keySet());
        unused.removeAll(called.keySet());
        called.forEach((name, place) -> {
            if (!consumed.containsKey(name)) {
                findings.error(
                        place.file(),
                        place.node(),
                        "no route begins with direct:%s%s",
                        name,
                        Suggestion.of(name, consumed.keySet()));
            }
        });
        operations.forEach((name, operation) -> {
            if (!consumed.containsKey(name)) {
                missing(name, operation, unused, consumed);
            }
        });
    }

    /** The {@code direct:} name that each template begins with, its parameters not filled in, by template id. */
    private static Map<String, String> templates(Map<String, Node> files) {
        Map<String, String> templates = new HashMap<>();
        files.values().stream().flatMap(root -> Yaml.elements(root).stream()).forEach(element -> {
            Node template = Yaml.at(element, "routeTemplate");
            Node from =
                    Yaml.at(template, "from") != null ? Yaml.at(template, "from") : Yaml.at(template, "route", "from");
            if (Yaml.text(Yaml.at(from, "uri")).equals("direct")) {
                templates.put(Yaml.text(Yaml.at(template, "id")), Yaml.text(Yaml.at(from, "parameters", "name")));
            }
        });
        return templates;
    }

    private static Optional<String> madeFrom(Map<String, String> templates, Node templatedRoute) {
        String name = templates.getOrDefault(Yaml.text(Yaml.at(templatedRoute, "routeTemplateRef")), "");
        for (Node parameter : Yaml.elements(Yaml.at(templatedRoute, "parameters"))) {
            name = name.replace(
                    "{{%s}}".formatted(Yaml.text(Yaml.at(parameter, "name"))), Yaml.text(Yaml.at(parameter, "value")));
        }
        return name.isEmpty() || name.contains("{{") ? Optional.empty() : Optional.of(name);
    }

    private void missing(String name, Operation operation, Set<String> unused, Map<String, Place> consumed) {
        String message = "the operation %s of %s has no route".formatted(name, operation.document());
        Optional<String> renamed = Suggestion.closest(name, unused);
        if (renamed.isPresent()) {
            Place place = consumed.get(renamed.get());
            findings.error(
                    place.file(),
                    place.node(),
                    "direct:%s is never called, and %s; did you mean direct:%s?",
                    renamed.get(),
                    message,
                    name);
        } else {
            findings.error(
                    operation.document(), operation.line(), "%s; one route must begin with direct:%s", message, name);
        }
    }

    private void consume(Map<String, Place> consumed, String name, Place place) {
        Place other = consumed.putIfAbsent(name, place);
        if (other != null) {
            findings.error(
                    place.file(),
                    place.node(),
                    "another route begins with direct:%s already, in %s:%d",
                    name,
                    other.file(),
                    Yaml.line(other.node()));
        }
    }

    private void identity(String file, Node element, Map<String, Place> ids) {
        Yaml.entries(element).forEach((kind, value) -> {
            Node id = Yaml.at(value, "id");
            if (kind.equals("from")) {
                findings.error(file, element, "a route without an id; write '- route:' with id, description and from");
            } else if (id == null || Yaml.text(id).isBlank()) {
                if (kind.equals("route")) {
                    findings.error(
                            file,
                            element,
                            "the route has no id; logs name it, and a new version replaces the one with its id");
                }
            } else {
                Place other = ids.putIfAbsent(kind + " " + Yaml.text(id), new Place(file, id));
                if (other != null) {
                    findings.error(
                            file,
                            id,
                            "the id %s is taken, by %s:%d",
                            Yaml.text(id),
                            other.file(),
                            Yaml.line(other.node()));
                }
            }
            if (kind.equals("route") && Yaml.text(Yaml.at(value, "description")).isBlank()) {
                findings.warning(
                        file,
                        element,
                        "the route %s has no description; say in a sentence what it does",
                        Yaml.text(id));
            }
        });
    }

    private static Optional<String> direct(@Nullable Node step) {
        String uri = Yaml.text(Yaml.at(step, "uri"));
        if (uri.equals("direct")) {
            String name = Yaml.text(Yaml.at(step, "parameters", "name"));
            return name.isEmpty() || name.contains("{{") || name.contains("${") ? Optional.empty() : Optional.of(name);
        }
        return uri.startsWith("direct:") && !uri.contains("{{") && !uri.contains("${")
                ? Optional.of(uri.substring("direct:".length()).split("\\?", 2)[0])
                : Optional.empty();
    }

    private static Node place(@Nullable Node step) {
        Node name = Yaml.at(step, "parameters", "name");
        return name != null ? name : Objects.requireNonNull(Yaml.at(step, "uri"));
    }

    private void calls(String file, Node node, Map<String, Place> called) {
        switch (node) {
            case SequenceNode sequence -> sequence.getValue().forEach(element -> calls(file, element, called));
            case MappingNode _ ->
                Yaml.entries(node).forEach((name, value) -> {
                    if (Set.of("to", "toD", "wireTap").contains(name)) {
                        direct(value).ifPresent(target -> called.putIfAbsent(target, new Place(file, place(value))));
                    }
                    calls(file, value, called);
                });
            default -> {}
        }
    }

    private void operations(String file, Node element, Map<String, Operation> operations) {
        Node specification = Yaml.at(element, "rest", "openApi", "specification");
        if (specification == null) {
            return;
        }
        String location = Yaml.text(specification);
        Optional<String> document = surroundings.read(location);
        if (document.isEmpty()) {
            findings.error(file, specification, "there is no file %s", location);
            return;
        }
        String name = location.replaceFirst("^(classpath|file):", "");
        for (Node path :
                Yaml.entries(Yaml.at(Yaml.parse(document.get()), "paths")).values()) {
            for (Node operation : Yaml.entries(path).values()) {
                Node id = Yaml.at(operation, "operationId");
                if (id != null) {
                    operations.put(Yaml.text(id), new Operation(name, Yaml.line(id)));
                }
            }
        }
    }
}

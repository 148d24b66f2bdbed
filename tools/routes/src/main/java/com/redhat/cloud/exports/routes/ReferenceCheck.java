package com.redhat.cloud.exports.routes;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Resolves what a route refers to: beans, methods, settings, files, classes, endpoints, route configurations. */
final class ReferenceCheck {

    private static final Set<String> RECEIVERS = Set.of("from", "pollEnrich", "poll");
    private static final Set<String> SENDERS = Set.of("to", "toD", "wireTap");
    private static final Pattern SETTING = Pattern.compile("\\{\\{([^{}]+)}}");

    private final Surroundings surroundings;
    private final Findings findings;
    private final EndpointCheck endpoints;
    private final ExpressionCheck expressions;
    private final Set<String> ownBeans;
    private final Set<String> ownSettings;
    private final Set<String> ownConfigurations;

    /**
     * @param ownBeans beans that the files define, with {@code beans:}
     * @param ownSettings the parameters of their route templates
     * @param ownConfigurations ids of their route configurations
     */
    ReferenceCheck(
            Surroundings surroundings,
            Findings findings,
            ExpressionCheck expressions,
            Set<String> ownBeans,
            Set<String> ownSettings,
            Set<String> ownConfigurations) {
        this.surroundings = surroundings;
        this.findings = findings;
        this.endpoints = new EndpointCheck(surroundings, findings);
        this.expressions = expressions;
        this.ownBeans = ownBeans;
        this.ownSettings = ownSettings;
        this.ownConfigurations = ownConfigurations;
    }

    /** Checks a node and all below it. */
    void check(String file, Node node) {
        switch (node) {
            case SequenceNode sequence -> sequence.getValue().forEach(element -> check(file, element));
            case MappingNode _ ->
                Yaml.entries(node).forEach((name, value) -> {
                    named(file, name, value);
                    check(file, value);
                });
            default -> settings(file, node);
        }
    }

    private void named(String file, String name, Node value) {
        if (Yaml.at(value, "uri") != null && (RECEIVERS.contains(name) || SENDERS.contains(name))) {
            endpoints.check(file, value, RECEIVERS.contains(name));
            files(file, value);
            if (Yaml.text(Yaml.at(value, "uri")).equals("bean")) {
                bean(file, Yaml.at(value, "parameters", "beanName"), Yaml.at(value, "parameters", "method"));
            }
        }
        if (name.equals("bean") || name.equals("method")) {
            bean(file, Yaml.at(value, "ref"), Yaml.at(value, "method"));
        }
        if (name.equals("objectMapper") || name.equals("errorHandlerRef")) {
            beanNamed(file, value);
        }
        if (name.equals("unmarshalType") && Yaml.isScalar(value)) {
            classNamed(file, value);
        }
        if (name.equals("exception")) {
            Yaml.elements(value).forEach(exception -> classNamed(file, exception));
        }
        if (name.equals("routeConfigurationId")) {
            configurationNamed(file, value);
        }
        expressions.check(file, name, value);
    }

    private void bean(String file, @Nullable Node reference, @Nullable Node method) {
        if (reference == null || !beanNamed(file, reference)) {
            return;
        }
        Optional<Class<?>> type = surroundings.typeOf(Yaml.text(reference));
        if (method == null || type.isEmpty()) {
            return;
        }
        String text = Yaml.text(method);
        String name = text.split("\\(", 2)[0].strip();
        List<Method> methods = methodsOf(type.get());
        List<Method> sameName =
                methods.stream().filter(m -> m.getName().equals(name)).toList();
        if (sameName.isEmpty()) {
            Set<String> names = new TreeSet<>();
            methods.forEach(m -> names.add(m.getName()));
            findings.error(
                    file, method, "%s has no method %s%s", Yaml.text(reference), name, Suggestion.of(name, names));
            return;
        }
        if (text.contains("(")) {
            int given = arguments(
                    text.substring(text.indexOf('(') + 1, Math.max(text.lastIndexOf(')'), text.indexOf('(') + 1)));
            if (sameName.stream().noneMatch(m -> m.getParameterCount() == given)) {
                Set<String> counts = new TreeSet<>();
                sameName.forEach(m -> counts.add(Integer.toString(m.getParameterCount())));
                findings.error(
                        file,
                        method,
                        "%s of %s takes %s arguments, not %d",
                        name,
                        Yaml.text(reference),
                        String.join(" or ", counts),
                        given);
            }
        }
    }

    private static List<Method> methodsOf(Class<?> type) {
        List<Method> methods = new ArrayList<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (!Modifier.isPrivate(method.getModifiers())
                        && !method.isSynthetic()
                        && !method.getName().contains("$")) {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    /** Counts arguments; a comma within brackets or quotes separates none. */
    private static int arguments(String text) {
        if (text.isBlank()) {
            return 0;
        }
        int arguments = 1;
        int depth = 0;
        boolean quoted = false;
        for (char c : text.toCharArray()) {
            quoted ^= c == '\'' || c == '"';
            if (!quoted && (c == '(' || c == '{' || c == '[')) {
                depth++;
            } else if (!quoted && (c == ')' || c == '}' || c == ']')) {
                depth--;
            } else if (!quoted && depth == 0 && c == ',') {
                arguments++;
            }
        }
        return arguments;
    }

    private boolean beanNamed(String file, Node reference) {
        String name = Yaml.text(reference);
        Optional<Set<String>> beans = surroundings.beans();
        if (name.isEmpty()
                || name.contains("{{")
                || name.contains("${")
                || ownBeans.contains(name)
                || beans.isEmpty()
                || beans.get().contains(name)) {
            return true;
        }
        findings.error(file, reference, "there is no bean %s%s", name, Suggestion.of(name, beans.get()));
        return false;
    }

    /** Camel ignores an unknown one silently. */
    private void configurationNamed(String file, Node node) {
        Optional<Set<String>> known = surroundings.routeConfigurations();
        if (known.isEmpty()) {
            return;
        }
        Set<String> all = new TreeSet<>(known.get());
        all.addAll(ownConfigurations);
        for (String id : Yaml.text(node).split(",")) {
            if (!id.contains("*") && !id.contains("{{") && !all.contains(id.strip())) {
                findings.error(file, node, "there is no route configuration %s%s", id, Suggestion.of(id, all));
            }
        }
    }

    private void classNamed(String file, Node node) {
        String name = Yaml.text(node);
        if (!name.contains("{{") && ObjectHelper.loadClass(name, ReferenceCheck.class.getClassLoader()) == null) {
            findings.error(file, node, "there is no class %s; include its package", name);
        }
    }

    private void settings(String file, Node node) {
        Optional<Set<String>> settings = surroundings.settings();
        if (settings.isEmpty()) {
            return;
        }
        Matcher matcher = SETTING.matcher(Yaml.text(node));
        while (matcher.find()) {
            String key = matcher.group(1).strip();
            // A colon gives a default or calls one of Camel's functions ({{env:HOME}}); a question mark makes the
            // setting
            // optional.
            if (!key.startsWith("?")
                    && !key.contains(":")
                    && !ownSettings.contains(key)
                    && !surroundings.hasSetting(key)) {
                findings.error(
                        file,
                        node,
                        "there is no setting %s%s",
                        key,
                        Suggestion.closest(key, settings.get())
                                .map(close -> "; did you mean " + close + "?")
                                .orElse("; {{%s:value}} gives it a default".formatted(key)));
            }
        }
    }

    /** Checks files that options name, such as SQL statements. */
    private void files(String file, Node step) {
        String uri = Yaml.text(Yaml.at(step, "uri"));
        boolean placeholders = !"false".equals(Yaml.text(Yaml.at(step, "parameters", "usePlaceholder")));
        for (Map.Entry<String, Node> option :
                Yaml.entries(Yaml.at(step, "parameters")).entrySet()) {
            String location = Yaml.text(option.getValue());
            if (location.startsWith("classpath:") || (location.startsWith("file:") && uri.equals("sql"))) {
                fileNamed(file, option.getValue(), location, uri.equals("sql") && placeholders);
            }
        }
        String path = uri.replaceFirst("^[^:]*:", "").replaceFirst("\\?.*", "");
        if (path.startsWith("classpath:") || (path.startsWith("file:") && uri.startsWith("sql:"))) {
            fileNamed(file, Yaml.at(step, "uri"), path, uri.startsWith("sql:") && placeholders);
        }
    }

    private void fileNamed(String file, @Nullable Node place, String location, boolean statement) {
        if (place == null || location.contains("{{") || location.contains("${")) {
            return;
        }
        Optional<String> content = surroundings.read(location);
        if (content.isEmpty()) {
            findings.error(
                    file,
                    place,
                    "there is no file %s%s",
                    location,
                    Suggestion.closest(location, surroundings.near(location))
                            .map(close -> "; did you mean " + close + "?")
                            .orElse(""));
        } else if (statement) {
            SqlText.complaint(content.get())
                    .ifPresent(complaint -> findings.error(file, place, "%s %s", location, complaint));
        }
    }
}

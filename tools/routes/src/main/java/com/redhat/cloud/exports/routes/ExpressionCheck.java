package com.redhat.cloud.exports.routes;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Language;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Parses the expressions in Camel's simple language. */
final class ExpressionCheck {

    /** Where an expression is a condition. */
    private static final Set<String> CONDITIONS = Set.of("when", "filter", "validate", "onWhen", "completionPredicate");

    private final CamelContext camel;
    private final Findings findings;

    ExpressionCheck(CamelContext camel, Findings findings) {
        this.camel = camel;
        this.findings = findings;
    }

    /** @param name of the object that may contain an expression */
    void check(String file, String name, Node value) {
        if (name.equals("when")) {
            Yaml.elements(value).forEach(when -> simple(file, Yaml.at(when, "simple"), true));
            return;
        }
        simple(file, Yaml.at(value, "simple"), CONDITIONS.contains(name));
        simple(file, Yaml.at(value, "expression", "simple"), CONDITIONS.contains(name));
        if (name.equals("log")) {
            parse(file, Yaml.at(value, "message"), false);
        }
    }

    private void simple(String file, @Nullable Node expression, boolean condition) {
        parse(file, Yaml.isScalar(expression) ? expression : Yaml.at(expression, "expression"), condition);
    }

    private void parse(String file, @Nullable Node place, boolean condition) {
        if (place == null) {
            return;
        }
        // Camel resolves settings before it parses the expression; any value may result.
        String text = Yaml.text(place).replaceAll("\\{\\{[^{}]+}}", "0");
        Language simple = camel.resolveLanguage("simple");
        try {
            if (condition) {
                simple.createPredicate(text);
            } else {
                simple.createExpression(text);
            }
        } catch (RuntimeException e) {
            findings.error(file, place, "simple: %s", firstLine(e));
        }
    }

    private static String firstLine(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}

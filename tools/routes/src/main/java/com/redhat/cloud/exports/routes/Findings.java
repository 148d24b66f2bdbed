package com.redhat.cloud.exports.routes;

import com.redhat.cloud.exports.routes.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what the checks find. */
final class Findings {

    private final List<Finding> all = new ArrayList<>();

    void error(String file, Node place, String message, Object... values) {
        error(file, Yaml.line(place), message, values);
    }

    void error(String file, int line, String message, Object... values) {
        all.add(new Finding(file, line, Severity.ERROR, message.formatted(values)));
    }

    void warning(String file, Node place, String message, Object... values) {
        all.add(new Finding(file, Yaml.line(place), Severity.WARNING, message.formatted(values)));
    }

    /** Sorted by file and line, without duplicates. */
    List<Finding> inOrder() {
        return all.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::file).thenComparing(Finding::line))
                .toList();
    }
}

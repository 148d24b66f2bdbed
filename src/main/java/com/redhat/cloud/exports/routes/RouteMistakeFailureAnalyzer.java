package com.redhat.cloud.exports.routes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** When the start fails: says what is wrong with the route files, if that may be why. */
final class RouteMistakeFailureAnalyzer implements FailureAnalyzer {

    private final Environment environment;

    RouteMistakeFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        if (!isOfCamel(failure)) {
            return null;
        }
        try {
            Path directory = Path.of(environment.getProperty("export.routes.directory", "routes"));
            List<Finding> errors = new RouteCheck(ServiceSurroundings.atRest(), new DefaultCamelContext())
                    .check(new RouteFolder(directory).read().values()).stream()
                            .filter(Finding::isError)
                            .toList();
            return errors.isEmpty()
                    ? null
                    : new FailureAnalysis(
                            errors.stream().map(Finding::toString).collect(Collectors.joining("\n")),
                            "Correct the route files; docs/route-files.md says how to check them without starting.",
                            failure);
        } catch (IOException e) {
            // The failure itself says more than that the files cannot be read again.
            failure.addSuppressed(e);
            return null;
        }
    }

    private static boolean isOfCamel(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RuntimeCamelException
                    || cause.getClass().getName().startsWith("org.apache.camel.")) {
                return true;
            }
        }
        return false;
    }
}

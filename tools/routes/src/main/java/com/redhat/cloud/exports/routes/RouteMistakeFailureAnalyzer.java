package com.redhat.cloud.exports.routes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** Reports the mistakes in the route files when Camel fails to start. */
final class RouteMistakeFailureAnalyzer implements FailureAnalyzer {

    private final BeanFactory beans;
    private final Environment environment;

    RouteMistakeFailureAnalyzer(BeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        if (!comesFromCamel(failure) || !AutoConfigurationPackages.has(beans)) {
            return null;
        }
        try {
            Path directory = Path.of(environment.getRequiredProperty("export.routes.directory"));
            var surroundings = SpringSurroundings.atRest(AutoConfigurationPackages.get(beans));
            List<Finding> errors = new RouteCheck(surroundings, new DefaultCamelContext())
                    .check(new RouteFolder(directory).read().values()).stream()
                            .filter(Finding::isError)
                            .toList();
            return errors.isEmpty()
                    ? null
                    : new FailureAnalysis(
                            errors.stream().map(Finding::toString).collect(Collectors.joining("\n")),
                            "Correct the route files; docs/route-files.md says how to check them without a start.",
                            failure);
        } catch (IOException e) {
            // Why the start failed matters more than why the files cannot be read now.
            failure.addSuppressed(e);
            return null;
        }
    }

    private static boolean comesFromCamel(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RuntimeCamelException
                    || cause.getClass().getName().startsWith("org.apache.camel.")) {
                return true;
            }
        }
        return false;
    }
}

package com.redhat.cloud.exports.routes;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;

/** Checks route files and prints the findings, without starting anything. */
public final class RouteCheckCommand {

    private RouteCheckCommand() {}

    /**
     * Checks the files of a folder as the application would load them.
     *
     * @param application its class, whose package the beans are below
     * @param folder whose files replace those in the jar, or add to them
     * @return exit status: 0 without findings, else 1
     */
    public static int run(Class<?> application, Path folder, PrintStream out) throws IOException {
        var surroundings = SpringSurroundings.atRest(List.of(application.getPackageName()));
        return check(new RouteFolder(folder).read().values(), surroundings, out);
    }

    /** Checks the files of any other program. */
    public static int check(Collection<RouteFile> files, Surroundings surroundings, PrintStream out) {
        // Never started, so there is nothing to close.
        List<Finding> findings = new RouteCheck(surroundings, new DefaultCamelContext()).check(files);
        findings.forEach(out::println);
        out.printf("%d route files, %d findings%n", files.size(), findings.size());
        return findings.isEmpty() ? 0 : 1;
    }
}

package com.redhat.cloud.exports.routes;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;

/** Checks the route files of a folder as the service would take them, without starting it. */
public final class RouteCheckCommand {

    private RouteCheckCommand() {}

    /**
     * @param folder whose files replace or add to those in the jar
     * @return exit status: 0 when nothing was found, else 1
     */
    public static int run(Path folder, PrintStream out) throws IOException {
        return check(new RouteFolder(folder).read().values(), ServiceSurroundings.atRest(), out);
    }

    /** The same with other files, for another program than the service. */
    public static int check(Collection<RouteFile> files, Surroundings surroundings, PrintStream out)
            throws IOException {
        // Never started, so there is nothing to close.
        List<Finding> findings = new RouteCheck(surroundings, new DefaultCamelContext()).check(files);
        findings.forEach(out::println);
        out.printf("%d route files, %d findings%n", files.size(), findings.size());
        return findings.isEmpty() ? 0 : 1;
    }
}

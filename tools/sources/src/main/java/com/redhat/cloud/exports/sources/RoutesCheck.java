package com.redhat.cloud.exports.sources;

import com.redhat.cloud.exports.routes.RouteCheckCommand;
import com.redhat.cloud.exports.routes.RouteFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code make routes-check ROUTES=dir}: checks the route files of a source application or another program. It knows all components of Camel, no beans, and the settings of the {@code application.properties} in the folder or above it. Paths of {@code file:} are relative to that file.
 */
final class RoutesCheck {

    private RoutesCheck() {}

    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        if (!Files.isDirectory(folder)) {
            System.err.println("there is no folder " + folder);
            System.exit(2);
        }
        System.exit(check(folder, System.out));
    }

    /** @return exit status: 0 without findings, else 1 */
    static int check(Path folder, PrintStream out) throws IOException {
        return RouteCheckCommand.check(new RouteFolder(folder).readOwn(), new FolderSurroundings(folder), out);
    }
}

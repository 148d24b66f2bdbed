package com.redhat.cloud.exports.sources;

import com.redhat.cloud.exports.routes.RouteCheckCommand;
import com.redhat.cloud.exports.routes.RouteFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code make routes-check ROUTES=dir}: the route files of a source application or any other program, not of the service.
 * The components are all that Camel has, beans are not known, and settings are those of the {@code application.properties}
 * in the folder or above it. The paths of {@code file:} begin where that file is.
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

    /** @return exit status: 0 when nothing was found, else 1 */
    static int check(Path folder, PrintStream out) throws IOException {
        return RouteCheckCommand.check(new RouteFolder(folder).readOwn(), new FolderSurroundings(folder), out);
    }
}

package com.redhat.cloud.exports.routes;

import com.redhat.cloud.exports.routes.TypicalMistakes.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** {@code make routes-diagram}: the parts of the documentation that are made from the route files. */
final class RouteDocuments {

    static final Path ROUTES = Path.of("docs/routes.md");
    static final Path GUIDE = Path.of("docs/route-files.md");
    private static final String BEGIN = "<!-- begin: made by `make routes-diagram` -->\n";
    private static final String END = "<!-- end -->\n";

    private RouteDocuments() {}

    public static void main(String[] arguments) throws IOException {
        Files.writeString(ROUTES, routes());
        Files.writeString(GUIDE, guide(Files.readString(GUIDE)));
    }

    /** Every route, by file, with its description and its picture. */
    static String routes() throws IOException {
        var text = new StringBuilder("""
                # The routes

                Made from [routes/](../routes) by `make routes-diagram`; a test says when it is out of date. A box with two lines at
                its sides is another route, a drum is something outside: Kafka, the database, the object store.
                """);
        for (RouteFile file : new RouteFolder(Path.of("routes")).readOwn()) {
            String name = file.location().replaceFirst("^routes/", "");
            text.append("\n## [%s](../routes/%s)\n".formatted(name.replace(RouteFile.SUFFIX, ""), name));
            for (Node element : Yaml.elements(Yaml.parse(file.text()))) {
                Node route = Yaml.at(element, "route");
                Node rest = Yaml.at(element, "rest");
                if (route != null) {
                    text.append("\n### %s\n%s\n\n```mermaid\n%s```\n"
                            .formatted(
                                    Yaml.text(Yaml.at(route, "id")),
                                    Yaml.text(Yaml.at(route, "description")),
                                    RouteDiagram.of(Objects.requireNonNull(Yaml.at(route, "from")))));
                } else if (rest != null) {
                    text.append(
                            "\n### %s\nEach operation of `%s` goes to the route that begins with `direct:` and its operationId.\n"
                                    .formatted(
                                            Yaml.text(Yaml.at(rest, "id")),
                                            Yaml.text(Yaml.at(rest, "openApi", "specification"))
                                                    .replace("classpath:", "")));
                }
            }
        }
        return text.toString();
    }

    /** The guide with the mistakes as they are now. */
    static String guide(String before) throws IOException {
        int begin = before.indexOf(BEGIN) + BEGIN.length();
        return before.substring(0, begin) + mistakes() + before.substring(before.indexOf(END));
    }

    private static String mistakes() throws IOException {
        var text = new StringBuilder();
        int number = 1;
        for (Mistake mistake : TypicalMistakes.ALL) {
            String messages = TypicalMistakes.findings(mistake).stream()
                    .map(Finding::toString)
                    .collect(Collectors.joining("\n"));
            text.append("\n**%d.** %s.\n```diff\n%s%s```\n```\n%s```\n"
                    .formatted(
                            number++,
                            mistake.what(),
                            lines("-", mistake.right()),
                            lines("+", mistake.wrong().replace("\t", "→")),
                            lines("", messages)));
        }
        return text.append('\n').toString();
    }

    private static String lines(String start, String text) {
        List<String> lines = text.lines().toList();
        return lines.stream().map(line -> start + line + "\n").collect(Collectors.joining());
    }
}

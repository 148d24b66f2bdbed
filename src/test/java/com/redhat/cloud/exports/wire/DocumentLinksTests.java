package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The links in the documentation lead somewhere, and the tests it names exist. */
class DocumentLinksTests {

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]*)(?:#([^)]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Tests)(?:\\.\\w+)?`");

    private static List<Path> pages;

    @BeforeAll
    static void find() throws IOException {
        try (Stream<Path> roots = Files.list(Path.of(""));
                Stream<Path> below =
                        Stream.of("docs", "examples", "k8s").map(Path::of).flatMap(DocumentLinksTests::walk)) {
            pages = Stream.concat(roots, below)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    @Test
    void everyLinkLeadsToAFileAndItsHeading() {
        Set<String> broken = new TreeSet<>();
        for (Path page : pages) {
            LINK.matcher(prose(page)).results().forEach(link -> {
                Path target = link.group(1).isEmpty()
                        ? page
                        : page.resolveSibling(link.group(1)).normalize();
                if (Files.notExists(target)
                        || link.group(2) != null && !anchors(target).contains(link.group(2))) {
                    broken.add(page + ": " + link.group());
                }
            });
        }
        assertThat(pages).isNotEmpty();
        assertThat(broken).isEmpty();
    }

    @Test
    void everyTestThatAPageNamesExists() {
        Set<String> tests = Stream.of("src/test", "tools")
                .map(Path::of)
                .flatMap(DocumentLinksTests::walk)
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith("Tests.java"))
                .map(name -> name.replace(".java", ""))
                .collect(Collectors.toSet());
        Set<String> named = pages.stream()
                .flatMap(page -> TEST.matcher(prose(page)).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tests).containsAll(named);
    }

    /** As GitHub derives them from headings. */
    private static Set<String> anchors(Path page) {
        return HEADING.matcher(prose(page))
                .results()
                .map(heading -> heading.group(1)
                        .strip()
                        .toLowerCase()
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String prose(Path page) {
        try {
            return CODE_BLOCK.matcher(Files.readString(page)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

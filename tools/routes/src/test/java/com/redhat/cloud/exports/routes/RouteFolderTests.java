package com.redhat.cloud.exports.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route files of an application: the jar's, and those of a folder. */
class RouteFolderTests {

    @TempDir
    Path folder;

    @Test
    void aFileInTheFolderReplacesTheJarsAndOthersAreAdded() throws IOException {
        Files.writeString(folder.resolve("greetings.camel.yaml"), "# mine");
        Files.createDirectories(folder.resolve("extensions"));
        Files.writeString(folder.resolve("extensions/audit.camel.yaml"), "# audit");
        Files.writeString(folder.resolve("notes.txt"), "no route");
        var files = new RouteFolder(folder).read();
        assertThat(files.get("greetings.camel.yaml").text()).isEqualTo("# mine");
        assertThat(files.get("extensions/audit.camel.yaml").text()).isEqualTo("# audit");
        assertThat(files.get("farewells.camel.yaml").location()).isEqualTo("classpath:routes/farewells.camel.yaml");
        assertThat(files).doesNotContainKey("notes.txt");
        assertThat(new RouteFolder(folder).readOwn()).hasSize(2);
    }

    /** As the kubelet mounts it: files are links through a link, which is replaced at once. */
    @Test
    void aConfigMapIsReadThroughItsLinksAndItsUpdateIsSeen() throws IOException {
        Path first = Files.createDirectory(folder.resolve("..2026_01_01"));
        Files.writeString(first.resolve("greetings.camel.yaml"), "# first");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01_01"));
        Files.createSymbolicLink(folder.resolve("greetings.camel.yaml"), Path.of("..data/greetings.camel.yaml"));
        var routes = new RouteFolder(folder);
        var before = routes.read();
        assertThat(before.get("greetings.camel.yaml").text()).isEqualTo("# first");
        assertThat(routes.readOwn()).hasSize(1);

        Path second = Files.createDirectory(folder.resolve("..2026_01_02"));
        Files.writeString(second.resolve("greetings.camel.yaml"), "# second");
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_01_02"));
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(routes.read()).isNotEqualTo(before);
        assertThat(routes.read().get("greetings.camel.yaml").text()).isEqualTo("# second");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#", "%", "%41", "?", ",", ";", "{", "}", "{{x}}", "${x}", "[a]", "\\", "a b", "ü€", "a.b", "a+b&c=d",
                "*", "'\"", "file:x", "a:b", "..x", "-", "RAW(x)"
            })
    void aNameMayHaveAnyCharacters(String odd) throws Exception {
        Path subfolder = Files.createDirectory(folder.resolve("in " + odd));
        for (Path directory : List.of(folder, subfolder)) {
            Files.writeString(directory.resolve("x" + odd + ".camel.yaml"), """
                    - route:
                        id: %s
                        from: {uri: "direct:%s", steps: [{log: {message: hello}}]}
                    """.formatted(
                            directory == folder ? "outer" : "inner", directory == folder ? "outer" : "inner"));
        }
        var files = new RouteFolder(folder).read();
        assertThat(files).containsKeys("x" + odd + ".camel.yaml", "in " + odd + "/x" + odd + ".camel.yaml");
        try (var camel = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(new RouteFolder(folder)
                            .readOwn().stream().map(RouteFile::resource).toList());
            assertThat(camel.getRouteDefinitions())
                    .extracting(RouteDefinition::getId)
                    .containsExactlyInAnyOrder("outer", "inner");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".x.camel.yaml",
                "._x.camel.yaml",
                ".#x.camel.yaml",
                "..x.camel.yaml",
                "~$x.camel.yaml",
                "x.camel.yaml~",
                "#x.camel.yaml#",
                "x.camel.yaml.swp",
                "x.camel.yaml.bak",
                ".git/x.camel.yaml",
                ".extensions/x.camel.yaml"
            })
    void droppingsOfEditorsAndCopiersAreSkipped(String name) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), "not: [a route");
        assertThat(new RouteFolder(folder).readOwn()).isEmpty();
    }

    @Test
    void brokenLinksAndLoopsAreSkipped() throws IOException {
        Files.createSymbolicLink(folder.resolve("gone.camel.yaml"), Path.of("nowhere"));
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        Files.createDirectory(folder.resolve("folder.camel.yaml"));
        Files.writeString(folder.resolve("x.camel.yaml"), "# routes");
        assertThat(new RouteFolder(folder).readOwn()).hasSize(1);
    }
}

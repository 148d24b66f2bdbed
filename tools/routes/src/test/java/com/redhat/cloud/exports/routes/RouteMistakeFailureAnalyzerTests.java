package com.redhat.cloud.exports.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.mock.env.MockEnvironment;

/** The explanation of a failed start. */
class RouteMistakeFailureAnalyzerTests {

    @TempDir
    Path folder;

    private RouteMistakeFailureAnalyzer analyzer;

    @BeforeEach
    void anApplicationWithThisFolder() {
        var beans = new DefaultListableBeanFactory();
        AutoConfigurationPackages.register(beans, getClass().getPackageName());
        analyzer = new RouteMistakeFailureAnalyzer(
                beans, new MockEnvironment().withProperty("export.routes.directory", folder.toString()));
    }

    @Test
    void aMistakeInARouteFileIsReportedWithItsPlace() throws IOException {
        Files.writeString(folder.resolve("hello.camel.yaml"), """
                - route:
                    id: hello
                    description: Says hello.
                    from:
                      uri: direct
                      parameters: {name: hello}
                      steps:
                        - bean: {ref: greeting, method: list}
                """);
        var analysis = analyzer.analyze(new IllegalStateException(new RuntimeCamelException("no bean")));
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription())
                .isEqualTo(folder + "/hello.camel.yaml:8: there is no bean greeting; did you mean greetings?");
    }

    @Test
    void otherFailuresAreLeftToOtherAnalyzers() throws IOException {
        assertThat(analyzer.analyze(new RuntimeCamelException("the files are in order")))
                .isNull();
        Files.writeString(folder.resolve("x.camel.yaml"), "not: [a list");
        assertThat(analyzer.analyze(new IOException("the disk is full"))).isNull();
    }
}

package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.redhat.cloud.exports.ExportServiceApplication;
import com.redhat.cloud.exports.routes.RouteCheckCommand;
import com.redhat.cloud.exports.routes.RouteFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The route files of the service and of the examples. */
class RouteFilesTests {

    private static final Schema CAMELS_SCHEMA = camelsSchema();

    static List<Path> allRouteFiles() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("routes")), Files.walk(Path.of("examples")))) {
            return files.filter(file -> file.toString().endsWith(RouteFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theCheckFindsNothingInTheServicesRoutes() throws IOException {
        var out = new ByteArrayOutputStream();
        int status = RouteCheckCommand.run(ExportServiceApplication.class, Path.of("routes"), new PrintStream(out));
        assertThat(out.toString()).endsWith(" route files, 0 findings\n");
        assertThat(status).isZero();
    }

    /** A second opinion on the form of the files, by a general validator. */
    @ParameterizedTest
    @MethodSource("allRouteFiles")
    void everyRouteFileMatchesCamelsSchema(Path file) throws IOException {
        JsonNode yaml = new YAMLMapper().readTree(file.toFile());
        assertThat(CAMELS_SCHEMA.validate(yaml)).isEmpty();
    }

    private static Schema camelsSchema() {
        try (InputStream file = RouteFilesTests.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(new JsonMapper().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package com.redhat.cloud.exports.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The routes in the running service are those in the files. */
@CamelSpringBootTest
@ServiceTest
class RoutesTests {

    @Autowired
    private CamelContext camel;

    @ParameterizedTest
    @MethodSource("com.redhat.cloud.exports.wire.DeclarationsTests#routeFiles")
    void everyRouteOfTheFileRuns(Path file) throws Exception {
        for (JsonNode element : new YAMLMapper().readTree(file.toFile())) {
            if (element.has("route")) {
                String id = element.path("route").path("id").asText();
                assertThat(camel.getRoute(id)).as(id).isNotNull();
                assertThat(camel.getRouteController().getRouteStatus(id)).as(id).isEqualTo(ServiceStatus.Started);
            }
        }
    }
}

package com.redhat.cloud.exports.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the check finds, and what it has nothing against. */
class RouteCheckTests {

    private static final Schema CAMELS_SCHEMA = camelsSchema();

    private final RouteCheck check = new RouteCheck(ServiceSurroundings.atRest(), new DefaultCamelContext());

    static List<Path> allRouteFiles() throws IOException {
        try (Stream<Path> files = Stream.concat(Files.walk(Path.of("routes")), Files.walk(Path.of("examples")))) {
            return files.filter(file -> file.toString().endsWith(RouteFile.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theServicesOwnRoutesAreInOrder() throws IOException {
        assertThat(check.check(new RouteFolder(Path.of("routes")).read().values()))
                .isEmpty();
    }

    /** A second opinion on the form of the files, by a validator of JSON schemas. */
    @ParameterizedTest
    @MethodSource("allRouteFiles")
    void everyRouteFileIsOfTheFormThatTheSchemaOfCamelAllows(Path file) throws IOException {
        JsonNode yaml = new YAMLMapper().readTree(file.toFile());
        assertThat(CAMELS_SCHEMA.validate(yaml)).isEmpty();
    }

    private static Schema camelsSchema() {
        try (InputStream file = RouteCheckTests.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(new JsonMapper().readTree(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each is one step of a route; a line break is written as a bar. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "to: {uri: timer, parameters: {timerName: t, perod: 1s}}; 7: timer has no option perod, did you mean period?",
                "to: {uri: timer, parameters: {timerName: t, fixedRate: maybe}}; 7: fixedRate of timer cannot be 'maybe', it is true or false",
                "to: {uri: timer, parameters: {timerName: t, repeatCount: many}}; 7: repeatCount of timer cannot be 'many', it is a whole number",
                "to: {uri: timer}; 7: timer needs the option timerName",
                "to: {uri: 'timer:t?perod=1s'}; 7: timer has no option perod, did you mean period?",
                "to: {uri: kafka, parameters: {topic: t, requestRequiredAcks: al}}; 7: requestRequiredAcks of kafka cannot be 'al', did you mean all?",
                "to: {parameters: {topic: t}}; 7: to needs uri",
                "to: {uri: log, parameters: {loggerName: x}, pattern: InOny}; 7: pattern cannot be 'InOny', did you mean InOnly?",
                "bean: {ref: exports, method: 'list(${body}, 1, 2, 3)'}; 7: list of exports takes",
                "setBody: {}; 7: setBody needs an expression, for example simple, constant or variable",
                "setBody: {simple: {expression: a}, constant: {expression: b}}; 7: setBody takes one of simple, constant, not all of them",
                "setHeader: {constant: {expression: b}}; 7: setHeader needs name",
                "filter: {simple: {expression: '${body} ='}}; 7: simple:",
                "log: {message: '${bdy}'}; 7: simple: Unknown function: bdy",
                "log: {message: '{{webhook.url}}'}; 7: there is no setting webhook.url, {{webhook.url:value}} gives it a default",
                "'split: {simple: {expression: x}, steps: {log: {message: a}}}'; 7: steps is a list, begin each entry with '- '",
                "setBody:; 7: setBody is empty, what it needs is to be indented below it",
                "unmarshal: {json: {objectMapper: apiJso}}; 7: there is no bean apiJso, did you mean apiJson?",
                "unmarshal: {json: {unmarshalType: JsonNode}}; 7: there is no class JsonNode, the name with its package is needed"
            })
    void aStepWithAMistakeIsFound(String step, String expected) {
        var found = check.check(List.of(new RouteFile("x.camel.yaml", """
                - route:
                    id: x
                    description: Says x.
                    from:
                      uri: direct:announceRequests
                      steps:
                        - %s
                """.formatted(step))));
        // In a table of semicolons the messages have none.
        assertThat(found)
                .extracting(finding -> finding.toString().replace("; ", ", "))
                .anySatisfy(message -> assertThat(message).startsWith("x.camel.yaml:" + expected));
    }

    @Test
    void settingsWithADefaultAndVariablesOfTheEnvironmentNeedNoValue() {
        assertThat(check.check(List.of(new RouteFile("x.camel.yaml", """
                        - route:
                            id: x
                            description: Says x.
                            from:
                              uri: direct
                              parameters: {name: announceRequests}
                              steps:
                                - log: {message: "{{a.b:c}} {{env:HOME}} {{?maybe}} {{export.event.topic}}"}
                        """)))).isEmpty();
    }

    @Test
    void parametersOfTemplatesAreSettingsAndTheirRoutesCanBeCalled() {
        assertThat(check.check(List.of(new RouteFile("x.camel.yaml", """
                        - routeTemplate:
                            id: sayer
                            parameters:
                              - name: sayerName
                            from:
                              uri: direct
                              parameters: {name: "say-{{sayerName}}"}
                              steps:
                                - log: {message: "{{sayerName}}"}
                        - templatedRoute:
                            routeTemplateRef: sayer
                            routeId: say-hello
                            parameters:
                              - {name: sayerName, value: hello}
                        - route:
                            id: x
                            description: Says hello.
                            from:
                              uri: direct
                              parameters: {name: announceRequests}
                              steps:
                                - to: {uri: direct, parameters: {name: say-hello}}
                        """)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "select :#a :#in:ids :#${variable.x} from t -- # no parameter, true",
        "select '#' from t, true",
        "select a #> b from t, false",
        "select :#${variable.x from t, false"
    })
    void aSignInAStatementIsAParameterOrAMistake(String statement, boolean fine) {
        assertThat(SqlText.complaint(statement).isEmpty()).isEqualTo(fine);
    }
}

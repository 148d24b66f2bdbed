package com.redhat.cloud.exports.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the check finds, and what it accepts. */
class RouteCheckTests {

    private final RouteCheck check =
            new RouteCheck(SpringSurroundings.atRest(List.of(getClass().getPackageName())), new DefaultCamelContext());

    @Test
    void filesInOrderHaveNoFindings() throws IOException {
        assertThat(check.check(new RouteFolder(Path.of("none")).read().values()))
                .isEmpty();
    }

    /** Each is one step of a route. */
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
                "bean: {ref: greetings, method: 'list(${body}, 1, 2, 3)'}; 7: list of greetings takes 1 arguments, not 4",
                "setBody: {}; 7: setBody needs an expression, for example simple, constant or variable",
                "setBody: {simple: {expression: a}, constant: {expression: b}}; 7: setBody takes one of simple, constant, not all of them",
                "setHeader: {constant: {expression: b}}; 7: setHeader needs name",
                "filter: {simple: {expression: '${body} ='}}; 7: simple:",
                "log: {message: '${bdy}'}; 7: simple: Unknown function: bdy",
                "log: {message: '{{webhook.url}}'}; 7: there is no setting webhook.url, {{webhook.url:value}} gives it a default",
                "'split: {simple: {expression: x}, steps: {log: {message: a}}}'; 7: steps is a list, begin each entry with '- '",
                "setBody:; 7: setBody is empty, indent its values below it",
                "unmarshal: {json: {objectMapper: greeting}}; 7: there is no bean greeting, did you mean greetings?",
                "unmarshal: {json: {unmarshalType: JsonNode}}; 7: there is no class JsonNode, include its package"
            })
    void aStepWithAMistakeIsFound(String step, String expected) {
        var found = check.check(List.of(new RouteFile("x.camel.yaml", """
                - route:
                    id: x
                    description: Says x.
                    from:
                      uri: direct:hello
                      steps:
                        - %s
                """.formatted(step))));
        // A semicolon separates the columns of the table.
        assertThat(found)
                .extracting(finding -> finding.toString().replace("; ", ", "))
                .anySatisfy(message -> assertThat(message).startsWith("x.camel.yaml:" + expected));
    }

    @Test
    void settingsWithADefaultAndEnvironmentVariablesNeedNoValue() {
        assertThat(check.check(List.of(new RouteFile("x.camel.yaml", """
                        - route:
                            id: x
                            description: Says x.
                            from:
                              uri: direct
                              parameters: {name: hello}
                              steps:
                                - log: {message: "{{a.b:c}} {{env:HOME}} {{?maybe}} {{greeting.topic}}"}
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
                              parameters: {name: hello}
                              steps:
                                - to: {uri: direct, parameters: {name: say-hello}}
                        """)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "greeting-errors, ''",
        "own-errors, ''",
        "greeting-error, x.camel.yaml:5: there is no route configuration greeting-error; did you mean greeting-errors?"
    })
    void aRouteConfigurationHasToExist(String id, String expected) {
        var found = check.check(List.of(new RouteFile("x.camel.yaml", """
                        - routeConfiguration:
                            id: own-errors
                        - route:
                            id: x
                            routeConfigurationId: %s
                            description: Says x.
                            from:
                              uri: direct
                              parameters: {name: x}
                              steps:
                                - log: {message: x}
                        """.formatted(id))));
        assertThat(found.stream().map(Finding::toString).collect(Collectors.joining()))
                .isEqualTo(expected);
    }

    @Test
    void anOperationWithoutItsRouteIsFound() {
        assertThat(check.check(List.of(new RouteFile("x.camel.yaml", """
                        - rest:
                            id: api
                            openApi: {specification: "classpath:greetings.yaml"}
                        - route:
                            id: x
                            description: Lists greetings.
                            from:
                              uri: direct
                              parameters: {name: listGreeting}
                              steps:
                                - log: {message: hello}
                        """))))
                .extracting(Finding::toString)
                .containsExactly(
                        "x.camel.yaml:9: direct:listGreeting is never called, and the operation listGreetings of"
                                + " greetings.yaml has no route; did you mean direct:listGreetings?");
    }

    @ParameterizedTest
    @CsvSource({
        "select :#a :#in:ids :#${variable.x} from t -- # a comment, true",
        "select '#' from t, true",
        "select a #> b from t, false",
        "select :#${variable.x from t, false"
    })
    void aHashInAStatementIsAParameterOrAMistake(String statement, boolean fine) {
        assertThat(SqlText.complaint(statement).isEmpty()).isEqualTo(fine);
    }
}

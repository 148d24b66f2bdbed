package com.redhat.cloud.exports.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import com.redhat.cloud.exports.testing.RouteTest;
import org.apache.camel.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocumentsRouteTests extends RouteTest {

    @BeforeEach
    void theDocuments() throws Exception {
        var documents = bean("apiDocuments", ApiDocuments.class);
        when(documents.publicApi()).thenReturn("{\"public\":1}".getBytes());
        when(documents.internalApi()).thenReturn("{\"internal\":1}".getBytes());
        load("documents");
    }

    @Test
    void eachPortServesItsDocumentAsJson() {
        assertThat(call("public-openapi").getMessage()).satisfies(answer -> {
            assertThat(answer.getBody(String.class)).isEqualTo("{\"public\":1}");
            assertThat(type(answer)).isEqualTo("application/json");
        });
        assertThat(call("internal-openapi").getMessage().getBody(String.class)).isEqualTo("{\"internal\":1}");
    }

    @Test
    void thePageForPeopleIsHtml() {
        assertThat(call("docs").getMessage()).satisfies(answer -> {
            assertThat(answer.getBody(String.class)).contains("<h1>");
            assertThat(type(answer)).startsWith("text/html");
        });
    }

    private static String type(Message answer) {
        return answer.getHeader("Content-Type", String.class);
    }
}

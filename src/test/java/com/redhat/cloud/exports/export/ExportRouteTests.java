package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.testing.RouteTest;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExportRouteTests extends RouteTest {

    private static final Tenant TENANT = new Tenant("", "1", "me");

    private Exports exports;

    @BeforeEach
    void theService() throws Exception {
        exports = bean("exports", Exports.class);
        camel.getRegistry().bind("apiJson", new ObjectMapper());
        load("export", "direct:identify");
        mock("direct:identify").whenAnyExchangeReceived(exchange -> exchange.setVariable("tenant", TENANT));
    }

    @Test
    void memoryIsReservedBeforeTheBodyOfACreateIsParsed() throws Exception {
        Exchange exchange = call("createExport", request -> {
            request.setVariable("identity", "identity");
            request.setVariable("exportId", "7");
            request.getMessage().setBody("{\"name\":\"mine\"}");
        });
        var order = inOrder(exports);
        order.verify(exports).admit(eq(TENANT), eq("identity"), any(), any());
        order.verify(exports).create(any(ExportRequestBody.class), eq(TENANT), eq("identity"), any(), any(), any());
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class))
                .isEqualTo(202);
        assertThat(exchange.getMessage().getHeader("Location")).isEqualTo("/api/export/v1/exports/7/status");
    }

    @Test
    void aBodyThatIsNoJsonReachesTheCallerAsJacksonsException() {
        Exchange exchange = call("createExport", request -> {
            request.setVariable("identity", "identity");
            request.getMessage().setBody("{");
        });
        assertThat(exchange.getException()).isInstanceOf(com.fasterxml.jackson.core.JacksonException.class);
        verify(exports, never()).create(any(), any(), any(), any(), any(), any());
    }

    @Test
    void aStatusIsAnsweredAsJson() {
        byte[] status = "{}".getBytes();
        when(exports.status(eq("7"), eq(TENANT), any())).thenReturn(status);
        Exchange exchange =
                call("getExportStatus", request -> request.getMessage().setHeader("id", "7"));
        assertThat(exchange.getMessage().getBody()).isSameAs(status);
        assertThat(exchange.getMessage().getHeader("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void aDeleteAnswersNothing() {
        Exchange exchange = call("deleteExport", request -> request.getMessage().setHeader("id", "7"));
        verify(exports).delete("7", TENANT);
        assertThat(exchange.getMessage().getBody()).isNull();
    }
}

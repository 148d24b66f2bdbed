package com.redhat.cloud.exports.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.redhat.cloud.exports.testing.RouteTest;
import java.util.List;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdentityRouteTests extends RouteTest {

    private PreSharedKeys keys;
    private Identities identities;
    private RateLimit rateLimit;
    private KeyFile keyFile;

    @BeforeEach
    void createBeans() throws Exception {
        keys = bean("preSharedKeys", PreSharedKeys.class);
        identities = bean("identities", Identities.class);
        rateLimit = bean("rateLimit", RateLimit.class);
        keyFile = bean("keyFile", KeyFile.class);
        load("identity");
    }

    @Test
    void theTenantBecomesAVariableAndTheBodyIsUnchanged() {
        Tenant tenant = new Tenant("", "1", "me");
        when(identities.tenantOf("identity")).thenReturn(tenant);
        Exchange exchange = call("identify", request -> {
            request.setVariable("identity", "identity");
            request.getMessage().setBody("body");
        });
        assertThat(exchange.getVariable("tenant")).isSameAs(tenant);
        assertThat(exchange.getMessage().getBody()).isEqualTo("body");
        verify(rateLimit).require(tenant);
    }

    @Test
    void theErrorOfAWrongKeyReachesTheCaller() {
        var refusal = new IllegalStateException("invalid key");
        doThrow(refusal).when(keys).checkIfSent(List.of("wrong"));
        Exchange exchange = call("identify", request -> request.setVariable("preSharedKeys", List.of("wrong")));
        assertThat(exchange.getException()).isSameAs(refusal);
        verifyNoInteractions(identities, rateLimit);
    }

    @Test
    void theKeyFileIsPolled() {
        call("poll-key-file");
        verify(keyFile).poll();
    }
}

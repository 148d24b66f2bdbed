package com.redhat.cloud.exports.adoption;

import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;

import com.redhat.cloud.exports.testing.RouteTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AdoptionRouteTests extends RouteTest {

    @Test
    void eachAnsweredExportIsFinishedEvenIfAnotherFails() throws Exception {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        var adoption = bean("adoption", Adoption.class);
        doThrow(new IllegalStateException("no")).when(adoption).finish(first);
        load("adoption");
        mock("sql:classpath:sql/adoption/find-answered-exports.sql")
                .whenAnyExchangeReceived(
                        exchange -> exchange.getMessage().setBody(List.of(Map.of("id", first), Map.of("id", second))));
        call("finish-former-exports");
        verify(adoption).finish(first);
        verify(adoption).finish(second);
    }
}

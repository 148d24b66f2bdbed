package com.redhat.cloud.exports.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verify;

import com.redhat.cloud.exports.testing.RouteTest;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRouteTests extends RouteTest {

    private RelayMetrics metrics;

    @BeforeEach
    void createBeans() {
        metrics = bean("relayMetrics", RelayMetrics.class);
        setting("export.event.topic", "requests");
        // The producer behind the mock is created but never started.
        var kafka = camel.getComponent("kafka", KafkaComponent.class);
        kafka.setLazyStartProducer(true);
        kafka.getConfiguration().setBrokers("nowhere:9092");
    }

    @Test
    void theCountsOfTheOutboxReachTheMetrics() throws Exception {
        load("outbox");
        Map<String, Number> counts = Map.of("waiting", 3, "refused", 1);
        mock("sql:classpath:sql/outbox/count.sql")
                .whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(counts));
        call("count-requests");
        verify(metrics).counted(counts);
    }

    @Test
    void aBatchIsSentToKafkaUnchanged() throws Exception {
        camel.addRoutes(new RelayRoute());
        load("outbox");
        var kafka = mock("kafka:requests");
        kafka.expectedBodiesReceived(List.of(List.of("one", "two")));
        assertThat(call("announceRequests", exchange -> exchange.getMessage().setBody(List.of("one", "two")))
                        .isFailed())
                .isFalse();
        kafka.assertIsSatisfied();
    }

    /** The relay retries, and distinguishes a refused record from an unreachable broker. */
    @Test
    void aRefusalByKafkaReachesTheRelay() throws Exception {
        var refusal = new IllegalStateException("too large");
        camel.addRoutes(new RelayRoute());
        load("outbox");
        var kafka = mock("kafka:requests");
        kafka.whenAnyExchangeReceived(exchange -> {
            throw refusal;
        });
        assertThat(call("announceRequests").getException()).isSameAs(refusal);
        kafka.expectedMessageCount(1);
        kafka.assertIsSatisfied();
    }
}

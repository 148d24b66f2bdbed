package com.redhat.cloud.exports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mockingDetails;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.platform.storage.ObjectStore;
import com.redhat.cloud.exports.testing.RouteTest;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class UploadRouteTests extends RouteTest {

    /** The failure of the key check; null if it passes. */
    private @Nullable RuntimeException refusal;

    private Object keys;
    private Uploads uploads;
    private UploadPipeline pipeline;
    private ObjectStore store;
    private MockEndpoint s3;

    @BeforeEach
    void setUp() throws Exception {
        keys = bean("sourceApplications", "com.redhat.cloud.exports.identity.SourceApplications", call -> {
            if (refusal != null) {
                throw refusal;
            }
            return null;
        });
        uploads = bean("uploads", Uploads.class);
        pipeline = bean("uploadPipeline", UploadPipeline.class);
        store = bean("objectStore", ObjectStore.class);
        camel.getRegistry().bind("apiJson", new ObjectMapper());
        setting("export.storage.bucket", "exports");
        load("upload");
        s3 = mock("aws2-s3:exports");
    }

    /** @param parts the number of parts that the pipeline reports */
    private Exchange upload(String path, int parts) {
        return call(path, request -> {
            request.setVariable("preSharedKeys", List.of("key"));
            request.setVariable("authorization", List.of("Bearer token"));
            request.setVariable("parts", parts);
            request.setVariable("storageKey", "one");
            request.getMessage().setHeader("application", "orders");
        });
    }

    private static List<String> calls(Object bean) {
        return mockingDetails(bean).getInvocations().stream()
                .map(call -> call.getMethod().getName())
                .toList();
    }

    @Test
    void anObjectOfOnePartIsPutByCamelAndRecordedOnEitherPath() {
        for (String path : List.of("uploadSource", "uploadSourceVerbFirst")) {
            Exchange exchange = upload(path, 1);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isEqualTo("payload delivered");
            assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class))
                    .isEqualTo(202);
        }
        assertThat(s3.getReceivedExchanges()).hasSize(2);
        assertThat(s3.getReceivedExchanges().getFirst().getMessage().getHeader("CamelAwsS3Key"))
                .isEqualTo("one");
        assertThat(mockingDetails(keys).getInvocations())
                .extracting(call -> call.getMethod().getName() + List.of(call.getArguments()))
                .containsExactly("check[[key], [Bearer token], orders]", "check[[key], [Bearer token], orders]");
        assertThat(calls(uploads)).startsWith("find", "admit", "record");
    }

    @Test
    void aLargerObjectIsCompletedByThePipeline() {
        assertThat(upload("uploadSource", 2).getException()).isNull();
        assertThat(calls(pipeline)).containsExactly("receive", "complete");
        assertThat(s3.getReceivedExchanges()).isEmpty();
        assertThat(calls(uploads)).containsExactly("find", "admit", "record");
    }

    @Test
    void anObjectThatTheStoreRefusesIsNotRecorded() {
        s3.whenAnyExchangeReceived(exchange -> {
            throw SdkClientException.create("unreachable");
        });
        upload("uploadSource", 1);
        assertThat(calls(store)).containsExactly("failStoring");
        assertThat(calls(uploads)).doesNotContain("record");
    }

    @Test
    void aWrongKeyEndsTheRouteAtOnce() {
        refusal = new IllegalStateException("invalid key");
        assertThat(upload("uploadSource", 1).getException()).isSameAs(refusal);
        assertThat(calls(uploads)).isEmpty();
    }
}

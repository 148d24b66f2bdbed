package com.redhat.cloud.exports.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.redhat.cloud.exports.platform.storage.ObjectStore;
import com.redhat.cloud.exports.testing.RouteTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpiryRouteTests extends RouteTest {

    private static final String CLAIM = "sql:classpath:sql/expiry/claim-deletions.sql";
    private static final String FORGET = "sql:classpath:sql/expiry/forget-deletion.sql";

    private ObjectStore store;
    private Expiry expiry;

    @BeforeEach
    void createBeans() throws Exception {
        store = bean("objectStore", ObjectStore.class);
        expiry = bean("expiry", Expiry.class);
        setting("export.expiry.period", "1s");
        setting("export.expiry.deletion-period", "1s");
        setting("export.storage.bucket", "exports");
        load("expiry");
    }

    private void claimed(boolean multipart, String... keys) {
        mock(CLAIM)
                .whenAnyExchangeReceived(exchange -> exchange.getMessage()
                        .setBody(List.of(keys).stream()
                                .map(key -> Map.of("storage_key", key, "multipart", multipart))
                                .toList()));
    }

    @Test
    void anObjectIsDeletedAndThenForgotten() throws Exception {
        claimed(false, "one");
        var s3 = mock("aws2-s3:exports");
        s3.expectedHeaderReceived("CamelAwsS3Key", "one");
        mock(FORGET).expectedMessageCount(1);
        call("delete-content");
        s3.assertIsSatisfied();
        mock(FORGET).assertIsSatisfied();
        verifyNoInteractions(store);
    }

    @Test
    void unfinishedUploadsAreAbortedFirst() throws Exception {
        claimed(true, "one");
        mock("aws2-s3:exports").expectedMessageCount(1);
        call("delete-content");
        mock("aws2-s3:exports").assertIsSatisfied();
        verify(store).abortUploads("one");
    }

    @Test
    void anObjectThatCannotBeDeletedIsKeptForLaterAndTheNextOneIsDeleted() throws Exception {
        claimed(false, "one", "two");
        mock("aws2-s3:exports").whenExchangeReceived(1, exchange -> {
            throw new IllegalStateException("unreachable");
        });
        call("delete-content");
        assertThat(mock("aws2-s3:exports").getReceivedExchanges()).hasSize(2);
        assertThat(mock(FORGET).getReceivedExchanges())
                .extracting(exchange -> exchange.getVariable("storageKey"))
                .containsExactly("two");
    }

    @Test
    void eachUnresponsiveSourceIsFailed() {
        UUID export = UUID.randomUUID();
        UUID source = UUID.randomUUID();
        mock("sql:classpath:sql/expiry/find-unresponsive-sources.sql")
                .whenAnyExchangeReceived(exchange ->
                        exchange.getMessage().setBody(List.of(Map.of("export_payload_id", export, "id", source))));
        call("fail-unresponsive-sources");
        verify(expiry).failUnresponsive(export, source);
    }
}

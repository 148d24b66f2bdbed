package com.redhat.cloud.exports.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.platform.storage.ObjectStore;
import com.redhat.cloud.exports.testing.RouteTest;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.core.exception.SdkClientException;

class DownloadRouteTests extends RouteTest {

    private static final Tenant TENANT = new Tenant("", "1", "me");

    private Downloads downloads;
    private Previews previews;
    private ObjectStore store;

    @BeforeEach
    void setUp() throws Exception {
        downloads = bean("downloads", Downloads.class);
        previews = bean("previews", Previews.class);
        store = bean("objectStore", ObjectStore.class);
        camel.getRegistry().bind("apiJson", new ObjectMapper());
        camel.getRegistry().bind("csvDialects", new CsvDialects());
        setting("export.storage.bucket", "exports");
        load("download", "direct:identify");
        mock("direct:identify").whenAnyExchangeReceived(exchange -> exchange.setVariable("tenant", TENANT));
    }

    private Exchange download() {
        return call("downloadExport", request -> request.getMessage().setHeader("id", "7"));
    }

    @Test
    void whatIsFoundIsComposedAndSent() throws Exception {
        var export = Mockito.mock(FinishedExport.class);
        var archive = Mockito.mock(Archive.class);
        when(downloads.find(eq("7"), eq(TENANT), any())).thenReturn(export);
        when(downloads.compose(eq(export), eq(TENANT), any())).thenReturn(archive);
        assertThat(download().getException()).isNull();
        verify(downloads).send(eq(archive), eq(TENANT), any(), any(), any(), any(), any());
    }

    @Test
    void nothingIsComposedOfAnExportThatIsNotFound() throws Exception {
        var missing = new IllegalStateException("not found");
        when(downloads.find(eq("7"), eq(TENANT), any())).thenThrow(missing);
        assertThat(download().getException()).isSameAs(missing);
        verify(downloads, never()).compose(any(), any(), any());
    }

    @Test
    void aPreviewReadsTheFirstBytesOfTheObjectAndNoMore() throws Exception {
        when(previews.find(any(), any(), any())).thenReturn(Mockito.mock(FinishedExport.class));
        var s3 = mock("aws2-s3:exports");
        call("previewSource");
        assertThat(s3.getReceivedExchanges()).singleElement().satisfies(exchange -> {
            assertThat(exchange.getMessage().getHeader("CamelAwsS3RangeStart")).isEqualTo("0");
            assertThat(exchange.getMessage().getHeader("CamelAwsS3RangeEnd")).isEqualTo("65535");
        });
    }

    @Test
    void aPreviewThatTheStoreCannotServeIsTheStoresFault() throws Exception {
        when(previews.find(any(), any(), any())).thenReturn(Mockito.mock(FinishedExport.class));
        mock("aws2-s3:exports").whenAnyExchangeReceived(exchange -> {
            throw SdkClientException.create("unreachable");
        });
        call("previewSource");
        assertThat(Mockito.mockingDetails(store).getInvocations())
                .extracting(call -> call.getMethod().getName())
                .containsExactly("failReading");
        assertThat(Mockito.mockingDetails(previews).getInvocations())
                .extracting(call -> call.getMethod().getName())
                .doesNotContain("inflate");
    }
}

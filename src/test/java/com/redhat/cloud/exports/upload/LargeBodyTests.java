package com.redhat.cloud.exports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Bucket;
import com.redhat.cloud.exports.testing.OtherSettingsTest;
import com.redhat.cloud.exports.testing.RawConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import software.amazon.awssdk.services.s3.S3Client;

/** Bodies that are stored in several parts. */
@OtherSettingsTest
class LargeBodyTests {

    private static final int SIZE = 40 * 1024 * 1024;

    @Autowired
    Api api;

    @Autowired
    S3Client s3;

    @TempDir
    Path directory;

    /** Text that hardly deflates, and so fills several parts. */
    private Path body(String format) throws IOException {
        byte[] text = new byte[SIZE];
        new Random(9).nextBytes(text);
        boolean json = format.equals("json");
        for (int i = 0; i < text.length; i++) {
            // 64 characters that mean nothing in either format.
            text[i] = (byte) ('0' + (text[i] & 63));
            if (text[i] == '\\' || (i % 1000 == 999)) {
                text[i] = (byte) (json ? 'x' : '\n');
            }
        }
        if (json) {
            text[0] = '"';
            text[SIZE - 1] = '"';
        }
        return Files.write(directory.resolve("body"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv"})
    void aBodyOfSeveralPartsComesBackByteForByte(String format) throws Exception {
        Api.Export export = api.create(format, 1);
        Path body = body(format);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest upload = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + api.internalPort + export.uploadPath(0)))
                    .header("x-rh-exports-psk", Api.KEY)
                    .POST(HttpRequest.BodyPublishers.ofFile(body))
                    .build();
            assertThat(client.send(upload, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(202);
            HttpRequest download = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + api.publicPort + Api.EXPORTS + "/" + export.id()))
                    .header("x-rh-identity", export.identity())
                    .build();
            var answer = client.send(download, HttpResponse.BodyHandlers.ofFile(directory.resolve("zip")));
            assertThat(answer.headers().firstValue("content-type")).contains("application/gzip");
        }
        try (ZipFile zip = new ZipFile(directory.resolve("zip").toFile());
                InputStream stored =
                        zip.getInputStream(zip.getEntry(export.sources().getFirst() + "." + format));
                InputStream sent = Files.newInputStream(body)) {
            assertThat(stored).hasSameContentAs(sent);
        }
        Bucket bucket = new Bucket(s3);
        assertThat(bucket.objects(export)).hasSize(1);
        assertThat(bucket.unfinishedUploads(export)).isEmpty();
    }

    @Test
    void anUploadThatBreaksOffLeavesNoParts() throws IOException {
        Api.Export export = api.create("json", 1);
        Bucket bucket = new Bucket(s3);
        byte[] text = Files.readAllBytes(body("json"));
        try (RawConnection connection = new RawConnection(api.internalPort)) {
            connection.post(export.uploadPath(0), "Content-Length: " + SIZE + "\r\n");
            connection.send(text, SIZE - 1000);
            await().until(() -> !bucket.unfinishedUploads(export).isEmpty());
            connection.reset();
        }
        await().until(() -> bucket.unfinishedUploads(export).isEmpty());
        assertThat(bucket.objects(export)).isEmpty();
        api.status(export).then().body("status", equalTo("pending"));
    }

    @Test
    void aBodyThatTurnsOutInvalidLeavesNoParts() throws IOException {
        Api.Export export = api.create("json", 1);
        byte[] text = Files.readAllBytes(body("json"));
        text[SIZE - 1] = 'x';
        api.upload(export, 0, text).then().statusCode(422);
        Bucket bucket = new Bucket(s3);
        assertThat(bucket.unfinishedUploads(export)).isEmpty();
        assertThat(bucket.objects(export)).isEmpty();
        api.upload(export, 0, "1").then().statusCode(202);
    }
}

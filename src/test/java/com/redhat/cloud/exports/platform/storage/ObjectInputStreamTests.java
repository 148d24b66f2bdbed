package com.redhat.cloud.exports.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reading from a store that cuts connections. */
class ObjectInputStreamTests {

    private static final int FIRST = 1000;

    private final ObservedClient s3 = new ObservedClient();
    private final String key = "input-tests/" + UUID.randomUUID();
    private final byte[] content = new byte[500_000];
    private final List<Long> opened = new ArrayList<>();

    @BeforeEach
    void store() {
        new Random(3).nextBytes(content);
        put(content);
    }

    @AfterEach
    void close() {
        s3.close();
    }

    private void put(byte[] bytes) {
        s3.server.putObject(request -> request.bucket(ObservedClient.BUCKET).key(key), RequestBody.fromBytes(bytes));
    }

    /** @param cut bytes after which each connection breaks off */
    private ObjectInputStream open(int cut, boolean ends) {
        return new ObjectInputStream(
                (offset, etag) -> {
                    opened.add(offset);
                    ResponseInputStream<GetObjectResponse> whole =
                            s3.server.getObject(request -> request.bucket(ObservedClient.BUCKET)
                                    .key(key)
                                    .ifMatch(etag)
                                    .range("bytes=%d-".formatted(offset)));
                    return new ResponseInputStream<>(
                            whole.response(), AbortableInputStream.create(new Cut(whole, cut, ends), whole::abort));
                },
                FIRST);
    }

    private static final class Cut extends FilterInputStream {

        private final boolean ends;
        private int left;

        Cut(InputStream in, int left, boolean ends) {
            super(in);
            this.left = left;
            this.ends = ends;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0 && ends) {
                return -1;
            }
            if (left == 0) {
                throw new IOException("connection reset");
            }
            int count = super.read(buffer, offset, Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatBreaksOffIsContinuedWhereItBroke(boolean ends) throws IOException {
        try (ObjectInputStream object = open(100_000, ends)) {
            assertThat(object.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, FIRST, content.length));
        }
        assertThat(opened).containsExactly(1000L, 101_000L, 201_000L, 301_000L, 401_000L);
    }

    @Test
    void anotherVersionIsNotContinuedWith() throws IOException {
        try (ObjectInputStream object = open(100_000, false)) {
            assertThat(object.readNBytes(50_000)).hasSize(50_000);
            put(new byte[500_000]);
            assertThatThrownBy(object::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aStoreThatSendsNothingIsGivenUp() throws IOException {
        try (ObjectInputStream object = open(0, false)) {
            assertThatThrownBy(object::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(opened).hasSize(4);
    }
}

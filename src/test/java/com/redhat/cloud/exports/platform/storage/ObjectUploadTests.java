package com.redhat.cloud.exports.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class ObjectUploadTests {

    private static final int PART = BufferPool.BUFFER_SIZE;
    private static final int MAX_PARTS_IN_FLIGHT = 2;
    private static final int BUFFERS = 4;
    private static final int PIECE = 64 * 1024;
    private static final Consumer<String> UNHINDERED = operation -> {};

    private final ObservedClient s3 = new ObservedClient();
    private final BufferPool buffers = new BufferPool(BUFFERS);
    private final String key = "upload-tests/" + UUID.randomUUID();
    private final List<String> started = new ArrayList<>();

    @AfterEach
    void close() {
        s3.close();
    }

    private ObjectUpload upload(String name, Consumer<String> before) {
        return new ObjectUpload(
                s3.client(before),
                ObservedClient.BUCKET,
                name,
                "org",
                buffers,
                Thread::startVirtualThread,
                MAX_PARTS_IN_FLIGHT,
                () -> started.add(name));
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Writes in pieces, as a deflater does. */
    private static void write(ObjectUpload upload, byte[] content) {
        for (int position = 0; position < content.length; position += 16_001) {
            upload.write(content, position, Math.min(16_001, content.length - position));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32 * 1024, 32 * 1024 + 1, 256 * 1024, 256 * 1024 + 1, PART - 1, PART})
    void anObjectThatFitsOnePartIsOnePut(int size) {
        byte[] content = content(size);
        try (ObjectUpload upload = upload(key, UNHINDERED)) {
            write(upload, content);
            assertThat(s3.calls).as("before it is complete").isEmpty();
            upload.complete();
        }
        assertThat(s3.calls).containsExactly("putObject");
        assertThat(started).isEmpty();
        assertThat(s3.object(key)).isEqualTo(content);
        assertThat(buffers.available()).isEqualTo(BUFFERS);
    }

    @ParameterizedTest
    @ValueSource(ints = {PART + 1, 2 * PART, 3 * PART + 12_345})
    void aLargerObjectIsSentInParts(int size) {
        byte[] content = content(size);
        try (ObjectUpload upload = upload(key, UNHINDERED)) {
            write(upload, content);
            assertThat(started).hasSize(1);
            assertThat(s3.hasObject(key)).as("before it is complete").isFalse();
            upload.complete();
        }
        assertThat(s3.calls)
                .startsWith("createMultipartUpload")
                .containsOnlyOnce("listMultipartUploadsPaginator")
                .endsWith("completeMultipartUpload");
        assertThat(s3.calls.stream().filter("uploadPart"::equals)).hasSize(Math.ceilDiv(size, PART));
        assertThat(s3.object(key)).isEqualTo(content);
        assertThat(s3.hasUnfinishedUpload(key)).isFalse();
        assertThat(buffers.available()).isEqualTo(BUFFERS);
    }

    /**
     * As the SDK does when it misses the first response. The test's server treats uploads of one key as one, and refuses to
     * complete the second after the first is aborted; what matters is that none is left.
     */
    @Test
    void anUploadThatWasCreatedTwiceLeavesNoneUnfinished() {
        try (ObjectUpload upload = upload(key, operation -> {
            if (operation.equals("createMultipartUpload")) {
                s3.server.createMultipartUpload(
                        request -> request.bucket(ObservedClient.BUCKET).key(key));
            }
        })) {
            write(upload, content(PART + 1));
            catchThrowable(upload::complete);
        }
        assertThat(s3.hasUnfinishedUpload(key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2 * PART + 1})
    void anUploadThatIsNotCompletedLeavesNothing(int size) {
        try (ObjectUpload upload = upload(key, UNHINDERED)) {
            write(upload, content(size));
        }
        assertThat(s3.hasObject(key)).isFalse();
        assertThat(s3.hasUnfinishedUpload(key)).isFalse();
        assertThat(buffers.available()).isEqualTo(BUFFERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"createMultipartUpload", "uploadPart", "completeMultipartUpload"})
    void aStoreThatFailsIsUnavailableAndLeavesNothing(String failing) {
        AtomicInteger times = new AtomicInteger();
        int first = failing.equals("uploadPart") ? 3 : 1;
        try (ObjectUpload upload = upload(key, operation -> {
            if (operation.equals(failing) && times.incrementAndGet() >= first) {
                throw SdkClientException.create("the store is down");
            }
        })) {
            assertThatThrownBy(() -> {
                        write(upload, content(5 * PART));
                        upload.complete();
                    })
                    .isInstanceOf(ServiceException.class)
                    .hasMessage("the object store cannot store at the moment")
                    .hasRootCauseMessage("the store is down");
        }
        assertThat(s3.hasObject(key)).isFalse();
        assertThat(s3.hasUnfinishedUpload(key)).isFalse();
        assertThat(buffers.available()).isEqualTo(BUFFERS);
    }

    @Test
    void aStoreThatRefusesASmallObjectIsUnavailable() {
        try (ObjectUpload upload = upload(key, operation -> {
            throw SdkClientException.create("the store is down");
        })) {
            upload.write(new byte[] {1}, 0, 1);
            assertThatThrownBy(upload::complete).isInstanceOf(ServiceException.class);
        }
    }

    /** Four large uploads, three buffers, and a store that stalls: no upload reads on. */
    @Test
    void aSlowStoreHoldsUpSendersWithoutBufferingTheirBytes() throws Exception {
        CountDownLatch storeIsFast = new CountDownLatch(1);
        AtomicLong accepted = new AtomicLong();
        byte[] content = content(4 * PART);
        List<Thread> senders = new CopyOnWriteArrayList<>();
        List<Future<?>> uploads = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                String name = key + "-" + i;
                uploads.add(threads.submit(() -> {
                    senders.add(Thread.currentThread());
                    try (ObjectUpload upload = upload(name, operation -> awaitPart(operation, storeIsFast))) {
                        for (int position = 0; position < content.length; position += PIECE) {
                            int length = Math.min(PIECE, content.length - position);
                            upload.write(content, position, length);
                            accepted.addAndGet(length);
                        }
                        upload.complete();
                    }
                    return null;
                }));
            }
            try {
                await().until(() -> accepted.get() >= 3L * PART);
                await().until(() -> senders.stream().allMatch(sender -> sender.getState() == Thread.State.WAITING));
                assertThat(accepted.get()).isLessThanOrEqualTo(3L * PART + 4 * 256 * 1024);
                assertThat(buffers.available()).isEqualTo(1);
            } finally {
                storeIsFast.countDown();
            }
        }
        for (int i = 0; i < 4; i++) {
            uploads.get(i).get();
            assertThat(s3.object(key + "-" + i)).isEqualTo(content);
        }
        assertThat(buffers.available()).isEqualTo(BUFFERS);
    }

    /** Stalled uploads that hold all buffers of their organisation do not block others. */
    @Test
    void uploadsThatStallHoldOneBufferEachAndLeaveSomeToOtherOrganisations() {
        try (ObjectUpload first = upload(key + "-1", UNHINDERED);
                ObjectUpload second = upload(key + "-2", UNHINDERED);
                ObjectUpload third = upload(key + "-3", UNHINDERED)) {
            for (ObjectUpload stalled : List.of(first, second, third)) {
                write(stalled, content(2 * PART + PART / 2));
            }
            await().until(() -> buffers.available() == BUFFERS - 3);
            byte[] content = content(3 * PART);
            try (ObjectUpload other = new ObjectUpload(
                    s3.client(UNHINDERED),
                    ObservedClient.BUCKET,
                    key,
                    "other",
                    buffers,
                    Thread::startVirtualThread,
                    MAX_PARTS_IN_FLIGHT,
                    () -> {})) {
                write(other, content);
                other.complete();
            }
            assertThat(s3.object(key)).isEqualTo(content);
        }
        assertThat(buffers.available()).isEqualTo(BUFFERS);
    }

    private static void awaitPart(String operation, CountDownLatch latch) {
        try {
            if (operation.equals("uploadPart")) {
                latch.await();
            }
        } catch (InterruptedException e) {
            throw SdkClientException.create("interrupted", e);
        }
    }
}

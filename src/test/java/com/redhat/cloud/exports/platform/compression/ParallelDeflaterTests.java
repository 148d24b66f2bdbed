package com.redhat.cloud.exports.platform.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.platform.config.UploadProperties.DeflaterChoice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelDeflaterTests {

    @ParameterizedTest
    @EnumSource(names = {"ISAL", "PARALLEL", "JDK"})
    void aStreamInflatesToItsBody(DeflaterChoice choice) {
        Bodies.assumeWorks(choice);
        try (Compression compression = Bodies.compression(choice)) {
            Bodies.all()
                    .forEach((name, body) -> assertThat(Bodies.inflate(Bodies.deflate(compression, body)))
                            .as(name)
                            .isEqualTo(body));
        }
    }

    /** Blocks of several bodies share the threads, and return to their own streams. */
    @ParameterizedTest
    @EnumSource(names = {"ISAL", "PARALLEL", "JDK"})
    void concurrentBodiesDoNotMix(DeflaterChoice choice) throws Exception {
        Bodies.assumeWorks(choice);
        try (Compression compression = Bodies.compression(choice);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<byte[]>> bodies = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                byte[] body = Bodies.text(400_000 + i * 100_000);
                bodies.add(() -> Bodies.inflate(Bodies.deflate(compression, body)));
            }
            List<Future<byte[]>> inflated = threads.invokeAll(bodies);
            for (int i = 0; i < inflated.size(); i++) {
                assertThat(inflated.get(i).get()).isEqualTo(Bodies.text(400_000 + i * 100_000));
            }
        }
    }

    /** Another body overwrites the memory of a block as soon as it is free. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk", "parallel"})
    void memoryReusedAtOnceChangesNothing(String choice) throws IOException {
        byte[] body = Bodies.text(9 * BlockBuffer.SIZE + 100);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (Compression compression = new Compression(Bodies.settings(choice, 1), Bodies.NO_LIBRARY, 4);
                ParallelDeflater deflater = compression.deflateTo(stream::write)) {
            for (Block block : Bodies.blocksOf(compression, new ByteArrayInputStream(body))) {
                deflater.accept(block, (bytes, offset, length) -> overwriteIdleMemory(compression));
                overwriteIdleMemory(compression);
            }
            deflater.finish();
        }
        assertThat(Bodies.inflate(stream.toByteArray())).isEqualTo(body);
    }

    /** Deflates a short body of its own pattern, which overwrites idle memory. */
    private static void overwriteIdleMemory(Compression compression) {
        List<BlockBuffer> buffers =
                Stream.generate(compression::takeBuffer).limit(6).toList();
        for (BlockBuffer buffer : buffers) {
            Arrays.fill(buffer.bytes, (byte) 0x55);
            Arrays.fill(buffer.deflated, (byte) 0x55);
            try {
                buffer.read(InputStream.nullInputStream(), new byte[0]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            buffer.deflatedLength = 3;
            compression.giveBack(buffer);
        }
    }

    @Test
    void blocksAreAcceptedOnceAndInOrderAndAStreamEndsWithItsBody() throws IOException {
        InputStream body = new ByteArrayInputStream(Bodies.text(2 * BlockBuffer.SIZE + 100));
        try (Compression compression = Bodies.compression(DeflaterChoice.JDK);
                ParallelDeflater deflater = compression.deflateTo((bytes, offset, length) -> {})) {
            var blocks = Bodies.blocksOf(compression, body).iterator();
            Block first = blocks.next();
            Block second = blocks.next();
            assertThatThrownBy(() -> deflater.accept(second, Bodies::ignore)).hasMessageContaining("not the next");
            deflater.accept(first, Bodies::ignore);
            assertThatThrownBy(() -> deflater.accept(first, Bodies::ignore)).hasMessageContaining("not the next");
            deflater.accept(second, Bodies::ignore);
            assertThatThrownBy(deflater::finish).hasMessageContaining("not ended");
            deflater.accept(blocks.next(), Bodies::ignore);
            assertThat(blocks.hasNext()).isFalse();
            deflater.finish();
            assertThatThrownBy(() ->
                            compression.deflateTo((bytes, offset, length) -> {}).accept(first, Bodies::ignore))
                    .hasMessageContaining("used once");
        }
    }

    /** The first fault counts, however the body ends. */
    @Test
    void anInspectorsFaultComesBeforeLaterFaults() {
        byte[] body = Bodies.text(3 * BlockBuffer.SIZE + 100);
        ParallelDeflater.Inspector inspector = (bytes, offset, length) -> {
            throw new IllegalArgumentException("invalid");
        };
        try (Compression compression = Bodies.compression(DeflaterChoice.PARALLEL)) {
            assertThatThrownBy(() -> inspect(compression, broken(body), Long.MAX_VALUE, inspector))
                    .hasMessage("invalid");
            assertThatThrownBy(() -> inspect(compression, new ByteArrayInputStream(body), body.length - 1, inspector))
                    .hasMessage("invalid");
            assertThatThrownBy(
                            () -> inspect(compression, new ByteArrayInputStream(body), body.length - 1, Bodies::ignore))
                    .hasMessage("too long");
        }
    }

    private static void inspect(
            Compression compression, InputStream body, long maxSize, ParallelDeflater.Inspector inspector)
            throws IOException {
        try (ParallelDeflater deflater = compression.deflateTo((bytes, offset, length) -> {})) {
            for (Block block : compression.blocksOf(body, maxSize, () -> new IllegalStateException("too long"))) {
                deflater.accept(block, inspector);
            }
            deflater.finish();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everyLevelOfTheJdkWritesTheSameBodyAndAHigherOneNoLongerStream(int level) {
        byte[] body = Bodies.text(1_000_000);
        byte[] stream = Bodies.deflate(Bodies.settings("parallel", level), body);
        assertThat(Bodies.inflate(stream)).isEqualTo(body);
        assertThat(stream.length).isLessThanOrEqualTo(Bodies.deflate(Bodies.settings("parallel", 1), body).length);
    }

    /** Without history a block would find no match. The JDK's fast levels look back less far. */
    @ParameterizedTest
    @CsvSource({"isal, 1, 30000", "parallel, 1, 8000", "parallel, 3, 8000", "parallel, 4, 30000", "parallel, 9, 30000"})
    void aBlockRefersToTheOneBefore(String choice, int level, int distance) {
        if (choice.equals("isal")) {
            Bodies.assumeWorks(DeflaterChoice.ISAL);
        }
        byte[] body = new byte[2 * BlockBuffer.SIZE];
        byte[] piece = Bodies.random(distance);
        // The second block begins with the incompressible end of the first.
        System.arraycopy(piece, 0, body, BlockBuffer.SIZE - piece.length, piece.length);
        System.arraycopy(piece, 0, body, BlockBuffer.SIZE, piece.length);
        try (Compression compression = new Compression(Bodies.settings(choice, level), Isal.LIBRARY, 4)) {
            byte[] stream = Bodies.deflate(compression, body);
            assertThat(Bodies.inflate(stream)).isEqualTo(body);
            assertThat(stream.length).isBetween(piece.length, piece.length * 3 / 2);
        }
    }

    /** The JDK's fast levels restart within a block. */
    @Test
    void everyPartOfABlockRefersToTheOneBefore() {
        byte[] piece = Bodies.random(8_000);
        byte[] body = new byte[2 * BlockBuffer.SIZE];
        for (int i = 0; i < body.length; i++) {
            body[i] = piece[i % piece.length];
        }
        byte[] stream = Bodies.deflate(Bodies.settings("parallel", 1), body);
        assertThat(Bodies.inflate(stream)).isEqualTo(body);
        // The piece once, then two thousand matches of at most 258 bytes.
        assertThat(stream.length).isBetween(piece.length, 2 * piece.length);
    }

    /** Each waits until all three have begun. */
    @Test
    void blocksOfOneBodyAreDeflatedInParallelAndTheLastOnTheOwnThread() {
        CountDownLatch atWork = new CountDownLatch(3);
        Queue<Thread> others = new ConcurrentLinkedQueue<>();
        Queue<Thread> last = new ConcurrentLinkedQueue<>();
        Compression.Engine engine = observed(block -> {
            (block.isLast() ? last : others).add(Thread.currentThread());
            atWork.countDown();
            waitFor(atWork);
        });
        byte[] body = Bodies.text(3 * BlockBuffer.SIZE + 100);
        try (Compression compression = new Compression(engine, 4, 3)) {
            assertThat(Bodies.inflate(Bodies.deflate(compression, body))).isEqualTo(body);
        }
        assertThat(others).hasSize(3).doesNotHaveDuplicates().allMatch(ParallelDeflaterTests::isDeflating);
        assertThat(last).singleElement().matches(thread -> !isDeflating(thread));
    }

    private static boolean isDeflating(Thread thread) {
        return thread.getName().startsWith("deflate-");
    }

    /** The only deflating thread has one block, and another block waits for it. */
    @Test
    void withoutAnIdleThreadTheInspectingOneDeflates() throws IOException {
        CountDownLatch free = new CountDownLatch(1);
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        Compression.Engine engine = observed(block -> {
            threads.add(Thread.currentThread());
            if (isDeflating(Thread.currentThread())) {
                waitFor(free);
            }
        });
        byte[] body = Bodies.text(2 * BlockBuffer.SIZE + 100);
        byte[] othersBody = Bodies.random(2 * BlockBuffer.SIZE + 100);
        ByteArrayOutputStream othersStream = new ByteArrayOutputStream();
        try (Compression compression = new Compression(engine, 2, 1);
                ParallelDeflater other = compression.deflateTo(othersStream::write)) {
            var blocks = Bodies.blocksOf(compression, new ByteArrayInputStream(othersBody))
                    .iterator();
            other.accept(blocks.next(), Bodies::ignore);
            other.accept(blocks.next(), Bodies::ignore);
            await().until(() -> !threads.isEmpty());

            assertThat(Bodies.inflate(Bodies.deflate(compression, body))).isEqualTo(body);
            assertThat(threads.getFirst()).matches(ParallelDeflaterTests::isDeflating);
            assertThat(threads.subList(1, threads.size())).hasSize(3).noneMatch(ParallelDeflaterTests::isDeflating);

            free.countDown();
            other.accept(blocks.next(), Bodies::ignore);
            other.finish();
        }
        assertThat(Bodies.inflate(othersStream.toByteArray())).isEqualTo(othersBody);
    }

    /** Some break off while read, some while written, and some complete. */
    @Test
    void memoryOffTheHeapIsBoundedAndFreedHoweverBodiesEnd() throws Exception {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        Compression.Engine counted = new Compression.Engine("a counted one", () -> {
            made.incrementAndGet();
            return new Observed(new JdkBlockDeflater(1), block -> {}, closed::incrementAndGet);
        });
        byte[] body = Bodies.text(5 * BlockBuffer.SIZE + 100);
        try (Compression compression = new Compression(counted, 2, 1);
                var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> bodies = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int end = i % 3;
                bodies.add(() -> {
                    switch (end) {
                        case 0 ->
                            assertThatThrownBy(() -> breakOffReading(compression, body))
                                    .hasMessage("gone away");
                        case 1 ->
                            assertThatThrownBy(() -> breakOffWriting(compression, body))
                                    .hasMessage("the store is down");
                        default ->
                            assertThat(Bodies.inflate(Bodies.deflate(compression, body)))
                                    .isEqualTo(body);
                    }
                    return null;
                });
            }
            for (Future<Void> end : threads.invokeAll(bodies)) {
                end.get();
            }
            assertThat(made.get() - closed.get())
                    .as("four bodies' threads, one that inspects, and one that deflates")
                    .isBetween(1, 6);
            await().untilAsserted(() ->
                    assertThat(made.get() - closed.get() - compression.idle()).isZero());
        }
        assertThat(closed.get()).isEqualTo(made.get());
    }

    /** Wraps a deflater and observes it. */
    private record Observed(BlockDeflater deflater, Consumer<BlockBuffer> before, Runnable closed)
            implements BlockDeflater {

        @Override
        public void deflate(BlockBuffer block) {
            before.accept(block);
            deflater.deflate(block);
        }

        @Override
        public void close() {
            closed.run();
            deflater.close();
        }
    }

    private static Compression.Engine observed(Consumer<BlockBuffer> before) {
        return new Compression.Engine("an observed one", () -> new Observed(new JdkBlockDeflater(1), before, () -> {}));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void breakOffReading(Compression compression, byte[] body) throws IOException {
        Bodies.deflate(compression, broken(body), (bytes, offset, length) -> {});
    }

    private static InputStream broken(byte[] body) {
        return new SequenceInputStream(
                new ByteArrayInputStream(body, 0, Math.min(body.length, 3 * BlockBuffer.SIZE + 5)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone away");
                    }
                });
    }

    private static void breakOffWriting(Compression compression, byte[] body) throws IOException {
        Bodies.deflate(compression, new ByteArrayInputStream(body), (bytes, offset, length) -> {
            throw new IllegalStateException("the store is down");
        });
    }
}

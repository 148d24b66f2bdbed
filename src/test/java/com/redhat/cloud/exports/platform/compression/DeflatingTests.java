package com.redhat.cloud.exports.platform.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.platform.config.ExportProperties.DeflaterChoice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeflatingTests {

    @ParameterizedTest
    @EnumSource(names = {"ISAL", "PARALLEL", "JDK"})
    void whatComesOutInflatesToWhatWentIn(DeflaterChoice choice) {
        Bodies.assumeWorks(choice);
        try (Deflaters deflaters = Bodies.deflaters(choice)) {
            Bodies.all()
                    .forEach((name, body) -> assertThat(Bodies.inflate(Bodies.deflate(deflaters, body)))
                            .as(name)
                            .isEqualTo(body));
        }
    }

    /** Where blocks of several bodies are with the workers, each comes back to its own. */
    @ParameterizedTest
    @EnumSource(names = {"ISAL", "PARALLEL", "JDK"})
    void bodiesAtTheSameTimeDoNotMix(DeflaterChoice choice) throws Exception {
        Bodies.assumeWorks(choice);
        try (Deflaters deflaters = Bodies.deflaters(choice);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<byte[]>> bodies = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                byte[] body = Bodies.text(400_000 + i * 100_000);
                bodies.add(() -> Bodies.inflate(Bodies.deflate(deflaters, body)));
            }
            List<Future<byte[]>> inflated = threads.invokeAll(bodies);
            for (int i = 0; i < inflated.size(); i++) {
                assertThat(inflated.get(i).get()).isEqualTo(Bodies.text(400_000 + i * 100_000));
            }
        }
    }

    /** A block that has been written is the next one's who needs one; what that one reads ends no other body. */
    @Test
    void aShortBodyDoesNotEndALongOneWhoseBlockItGets() throws IOException {
        byte[] body = Bodies.text(Block.SIZE + 100);
        InputStream in = new ByteArrayInputStream(body);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (Deflaters deflaters = Bodies.deflaters(DeflaterChoice.JDK);
                Deflating longOne = deflaters.start(stream::write)) {
            Bodies.passBlock(longOne, in);
            Bodies.deflate(deflaters, new byte[] {1});
            while (!longOne.isAtEnd()) {
                Bodies.passBlock(longOne, in);
            }
        }
        assertThat(Bodies.inflate(stream.toByteArray())).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
    void everyLevelOfTheJdkWritesTheSameBodyAndAHigherOneNoLongerStream(int level) {
        byte[] body = Bodies.text(1_000_000);
        byte[] stream = Bodies.deflate(Bodies.settings("parallel", level), body);
        assertThat(Bodies.inflate(stream)).isEqualTo(body);
        assertThat(stream.length).isLessThanOrEqualTo(Bodies.deflate(Bodies.settings("parallel", 1), body).length);
    }

    /** A block that could not look back would find nothing to refer to. The JDK's fast levels look back less far. */
    @ParameterizedTest
    @CsvSource({"isal, 1, 30000", "parallel, 1, 8000", "parallel, 3, 8000", "parallel, 4, 30000", "parallel, 9, 30000"})
    void aBlockRefersToTheOneBefore(String choice, int level, int distance) {
        if (choice.equals("isal")) {
            Bodies.assumeWorks(DeflaterChoice.ISAL);
        }
        byte[] body = new byte[2 * Block.SIZE];
        byte[] piece = Bodies.random(distance);
        // The second block begins with what the first one ends with, and which does not deflate.
        System.arraycopy(piece, 0, body, Block.SIZE - piece.length, piece.length);
        System.arraycopy(piece, 0, body, Block.SIZE, piece.length);
        try (Deflaters deflaters = new Deflaters(Bodies.settings(choice, level), Isal.LIBRARY, 4)) {
            byte[] stream = Bodies.deflate(deflaters, body);
            assertThat(Bodies.inflate(stream)).isEqualTo(body);
            assertThat(stream.length).isBetween(piece.length, piece.length * 3 / 2);
        }
    }

    /** The JDK's fast levels begin anew within a block. */
    @Test
    void everyPartOfABlockRefersToTheOneBefore() {
        byte[] piece = Bodies.random(8_000);
        byte[] body = new byte[2 * Block.SIZE];
        for (int i = 0; i < body.length; i++) {
            body[i] = piece[i % piece.length];
        }
        byte[] stream = Bodies.deflate(Bodies.settings("parallel", 1), body);
        assertThat(Bodies.inflate(stream)).isEqualTo(body);
        // The piece once, and two thousand matches of at most 258 bytes.
        assertThat(stream.length).isBetween(piece.length, 2 * piece.length);
    }

    /** Each waits until the three are under way. */
    @Test
    void blocksOfOneBodyAreDeflatedAtTheSameTimeByIdleThreadsAndTheLastByItsOwn() {
        CountDownLatch atWork = new CountDownLatch(3);
        Queue<Thread> others = new ConcurrentLinkedQueue<>();
        Queue<Thread> last = new ConcurrentLinkedQueue<>();
        Deflaters.Way way = observed(block -> {
            (block.isLast() ? last : others).add(Thread.currentThread());
            atWork.countDown();
            waitFor(atWork);
        });
        byte[] body = Bodies.text(3 * Block.SIZE + 100);
        try (Deflaters deflaters = new Deflaters(way, 4, 3)) {
            assertThat(Bodies.inflate(Bodies.deflate(deflaters, body))).isEqualTo(body);
        }
        assertThat(others).hasSize(3).doesNotHaveDuplicates().doesNotContain(Thread.currentThread());
        assertThat(last).containsExactly(Thread.currentThread());
    }

    /** One block is with the only worker, and another one waits for it. */
    @Test
    void whereNoThreadIsIdleABodysOwnDeflatesItsBlocks() throws IOException {
        Thread own = Thread.currentThread();
        CountDownLatch free = new CountDownLatch(1);
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        Deflaters.Way way = observed(block -> {
            threads.add(Thread.currentThread());
            if (Thread.currentThread() != own) {
                waitFor(free);
            }
        });
        byte[] body = Bodies.text(2 * Block.SIZE + 100);
        byte[] othersBody = Bodies.random(2 * Block.SIZE + 100);
        ByteArrayOutputStream othersStream = new ByteArrayOutputStream();
        try (Deflaters deflaters = new Deflaters(way, 2, 1);
                Deflating other = deflaters.start(othersStream::write)) {
            InputStream in = new ByteArrayInputStream(othersBody);
            Bodies.passBlock(other, in);
            Bodies.passBlock(other, in);
            await().until(() -> !threads.isEmpty());

            assertThat(Bodies.inflate(Bodies.deflate(deflaters, body))).isEqualTo(body);
            assertThat(threads.getFirst()).isNotEqualTo(own);
            assertThat(threads.subList(1, threads.size())).containsExactly(own, own, own);

            free.countDown();
            Bodies.passBlock(other, in);
        }
        assertThat(Bodies.inflate(othersStream.toByteArray())).isEqualTo(othersBody);
    }

    /** Some break off while they are read, some while they are written, and some end as they should. */
    @Test
    void memoryOffTheHeapIsBoundedAndFreedHoweverBodiesEnd() throws Exception {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        Deflaters.Way counted = new Deflaters.Way("a counted one", () -> {
            made.incrementAndGet();
            return new Observed(new JdkBlockDeflater(1), block -> {}, closed::incrementAndGet);
        });
        byte[] body = Bodies.text(5 * Block.SIZE + 100);
        try (Deflaters deflaters = new Deflaters(counted, 2, 1);
                var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> bodies = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int end = i % 3;
                bodies.add(() -> {
                    switch (end) {
                        case 0 ->
                            assertThatThrownBy(() -> breakOffReading(deflaters, body))
                                    .hasMessage("gone away");
                        case 1 ->
                            assertThatThrownBy(() -> breakOffWriting(deflaters, body))
                                    .hasMessage("the store is down");
                        default ->
                            assertThat(Bodies.inflate(Bodies.deflate(deflaters, body)))
                                    .isEqualTo(body);
                    }
                    return null;
                });
            }
            for (Future<Void> end : threads.invokeAll(bodies)) {
                end.get();
            }
            assertThat(made.get() - closed.get())
                    .as("four bodies' threads and a worker")
                    .isBetween(1, 5);
            await().untilAsserted(() ->
                    assertThat(made.get() - closed.get() - deflaters.idle()).isZero());
        }
        assertThat(closed.get()).isEqualTo(made.get());
    }

    /** Another one, and who looks on. */
    private record Observed(BlockDeflater deflater, Consumer<Block> before, Runnable closed) implements BlockDeflater {

        @Override
        public void deflate(Block block) {
            before.accept(block);
            deflater.deflate(block);
        }

        @Override
        public void close() {
            closed.run();
            deflater.close();
        }
    }

    private static Deflaters.Way observed(Consumer<Block> before) {
        return new Deflaters.Way("an observed one", () -> new Observed(new JdkBlockDeflater(1), before, () -> {}));
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

    private static void breakOffReading(Deflaters deflaters, byte[] body) throws IOException {
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(body, 0, 3 * Block.SIZE + 5), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("gone away");
                    }
                });
        deflate(deflaters, broken, (bytes, offset, length) -> {});
    }

    private static void breakOffWriting(Deflaters deflaters, byte[] body) throws IOException {
        deflate(deflaters, new ByteArrayInputStream(body), (bytes, offset, length) -> {
            throw new IllegalStateException("the store is down");
        });
    }

    private static void deflate(Deflaters deflaters, InputStream body, Deflating.Output output) throws IOException {
        try (Deflating deflating = deflaters.start(output)) {
            while (!deflating.isAtEnd()) {
                Bodies.passBlock(deflating, body);
            }
        }
    }
}

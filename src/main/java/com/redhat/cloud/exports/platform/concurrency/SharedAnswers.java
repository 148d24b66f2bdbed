package com.redhat.cloud.exports.platform.concurrency;

import com.redhat.cloud.exports.platform.concurrency.Places.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Large answers: one copy for all who ask for the same while it waits for memory. Nobody gets one that was begun before they
 * asked.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
public final class SharedAnswers<Q, A> {

    private final Memory memory;

    /** Those that have not been begun. */
    private final Map<Q, Copy<A>> open = new HashMap<>();

    public SharedAnswers(Memory memory) {
        this.memory = memory;
    }

    private static final class Copy<A> {

        private final CompletableFuture<@Nullable A> answer = new CompletableFuture<>();
        private int users;
        private @Nullable Place place;
    }

    /**
     * @param size bytes of the answer
     * @param exchange whose answer it is
     * @param work makes it
     * @throws TooManyAtOnceException when so much memory does not become free in time
     */
    public @Nullable A ask(String owner, Q question, long size, Exchange exchange, Supplier<@Nullable A> work) {
        if (Memory.hasSome(exchange)) {
            return work.get();
        }
        Copy<A> mine = new Copy<>();
        Copy<A> copy = enter(question, mine);
        Memory.keep(() -> leave(copy), exchange);
        if (copy == mine) {
            make(copy, owner, question, size, work);
        }
        try {
            return copy.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private synchronized Copy<A> enter(Q question, Copy<A> mine) {
        Copy<A> copy = open.computeIfAbsent(question, _ -> mine);
        copy.users++;
        return copy;
    }

    private void make(Copy<A> copy, String owner, Q question, long size, Supplier<@Nullable A> work) {
        try {
            copy.place = memory.take(owner, size);
        } catch (RuntimeException | Error e) {
            copy.answer.completeExceptionally(e);
            return;
        } finally {
            begin(question);
        }
        try {
            copy.answer.complete(work.get());
        } catch (RuntimeException | Error e) {
            copy.answer.completeExceptionally(e);
        }
    }

    private synchronized void begin(Q question) {
        open.remove(question);
    }

    /** The memory is free when the last has sent it. */
    private synchronized void leave(Copy<A> copy) {
        if (--copy.users == 0 && copy.place != null) {
            copy.place.close();
        }
    }
}

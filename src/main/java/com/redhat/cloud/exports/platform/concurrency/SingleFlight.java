package com.redhat.cloud.exports.platform.concurrency;

import com.redhat.cloud.exports.platform.concurrency.FairLimiter.Permit;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Builds large answers once for all exchanges that ask for the same while the first waits for memory. An exchange never gets
 * an answer whose work began before it asked.
 *
 * @param <K> what is asked for
 * @param <V> the answer
 */
public final class SingleFlight<K, V> {

    private final MemoryBudget memory;

    /** Flights that wait for memory. */
    private final Map<K, Flight> waiting = new HashMap<>();

    public SingleFlight(MemoryBudget memory) {
        this.memory = memory;
    }

    private final class Flight {

        private final CompletableFuture<@Nullable V> answer = new CompletableFuture<>();
        private int exchanges;
        private @Nullable Permit reservation;
    }

    /**
     * Returns the answer for a key.
     *
     * @param size bytes of the answer
     * @param exchange holds the memory, with all that share the answer, until its own copy has been sent
     * @throws ServiceException when so much memory does not become free in time
     */
    public @Nullable V get(String owner, K key, long size, Exchange exchange, Supplier<@Nullable V> work) {
        if (MemoryBudget.hasReservation(exchange)) {
            return work.get();
        }
        Flight mine = new Flight();
        Flight flight = join(key, mine);
        MemoryBudget.attach(() -> leave(flight), exchange);
        if (flight == mine) {
            run(flight, owner, key, size, work);
        }
        try {
            return flight.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private synchronized Flight join(K key, Flight mine) {
        Flight flight = waiting.computeIfAbsent(key, _ -> mine);
        flight.exchanges++;
        return flight;
    }

    private void run(Flight flight, String owner, K key, long size, Supplier<@Nullable V> work) {
        try {
            try {
                flight.reservation = memory.acquire(owner, size);
            } finally {
                depart(key);
            }
            flight.answer.complete(work.get());
        } catch (RuntimeException | Error e) {
            flight.answer.completeExceptionally(e);
        }
    }

    private synchronized void depart(K key) {
        waiting.remove(key);
    }

    /** Frees the memory with the last exchange. */
    private synchronized void leave(Flight flight) {
        if (--flight.exchanges == 0 && flight.reservation != null) {
            flight.reservation.close();
        }
    }
}

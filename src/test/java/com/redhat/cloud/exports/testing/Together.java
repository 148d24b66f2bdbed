package com.redhat.cloud.exports.testing;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Runs tasks at the same time. */
public final class Together {

    private Together() {}

    /** @return the results, in the order of the tasks */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public static <T> List<T> call(Callable<T>... tasks) {
        return call(Stream.of(tasks).toList());
    }

    public static <T> List<T> call(List<Callable<T>> tasks) {
        var start = new CyclicBarrier(tasks.size());
        List<Future<T>> results;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            results = tasks.stream()
                    .map(task -> threads.submit(() -> {
                        start.await();
                        return task.call();
                    }))
                    .toList();
        }
        return results.stream().map(Together::result).toList();
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError("one of several concurrent tasks failed", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

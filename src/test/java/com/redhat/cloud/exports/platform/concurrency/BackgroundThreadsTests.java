package com.redhat.cloud.exports.platform.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundThreadsTests {

    @Test
    @EnabledOnOs(OS.LINUX)
    void onlyTheThreadsOfThePoolHaveALowerPriority() throws Exception {
        int before = nice();
        try (ExecutorService pool = BackgroundThreads.pool("background", 1, new LinkedBlockingQueue<>())) {
            assertThat(pool.submit(BackgroundThreadsTests::nice).get()).isEqualTo(Math.max(5, before));
            assertThat(nice()).isEqualTo(before);
        }
    }

    /** Returns the nice value of the calling thread: the 19th field of proc(5); the second is a name in brackets. */
    private static int nice() throws Exception {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]);
    }
}

package com.redhat.cloud.exports.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A small disk of one server, to be filled up: a tmpfs in the mount namespace that {@code tools/chaos/chaos} makes for this harness. It needs no rights and vanishes with the harness.
 */
final class Disk implements AutoCloseable {

    private static final int PIECE = 64 * 1024;

    private final Path directory;
    private final Path filler;

    private Disk(Path directory) {
        this.directory = directory;
        this.filler = directory.resolve("filler");
    }

    /** Whether one can be mounted here. */
    static boolean isAvailable() {
        return "yes".equals(System.getProperty("chaos.mounts"));
    }

    static Disk mount(Path directory, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        if (isAvailable()) {
            var mount = new ProcessBuilder(
                            "mount",
                            "-t",
                            "tmpfs",
                            "-o",
                            "mode=755,size=%dm".formatted(mebibytes),
                            "tmpfs",
                            directory.toString())
                    .inheritIO()
                    .start();
            if (mount.waitFor() != 0) {
                throw new IOException("cannot mount a tmpfs on " + directory);
            }
        }
        return new Disk(directory);
    }

    /** The server's directory on it. */
    Path data() {
        return directory.resolve("data");
    }

    /** Fills all free space, including what the server frees meanwhile. */
    void fill(long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        do {
            fill();
            TimeUnit.MILLISECONDS.sleep(200);
        } while (System.nanoTime() < end);
    }

    private void fill() {
        try (var out = Files.newOutputStream(
                filler, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND)) {
            while (true) {
                out.write(new byte[PIECE]);
            }
        } catch (IOException full) {
            return;
        }
    }

    /** Unmounts it after its server has ended. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (isAvailable()) {
            new ProcessBuilder("umount", "-l", directory.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(filler);
    }
}

package com.redhat.cloud.exports.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A small disk of a server's own, which can be filled up. It is a tmpfs in the mount namespace that {@code tools/chaos/chaos}
 * runs this harness in, so that no rights are needed and nothing is left behind, whatever way the harness ends.
 */
final class Disk implements AutoCloseable {

    private static final int PIECE = 64 * 1024;

    private final Path directory;
    private final Path filler;

    private Disk(Path directory) {
        this.directory = directory;
        this.filler = directory.resolve("filler");
    }

    /** Whether this machine lets us mount one. */
    static boolean canBeHad() {
        return "yes".equals(System.getProperty("chaos.mounts"));
    }

    static Disk mount(Path directory, int mebibytes) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        if (canBeHad()) {
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

    /** A directory on it for the server. */
    Path data() {
        return directory.resolve("data");
    }

    /** Takes every byte that is left, and what the server frees meanwhile. */
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

    /** Lets go of it when its server has ended. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (canBeHad()) {
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

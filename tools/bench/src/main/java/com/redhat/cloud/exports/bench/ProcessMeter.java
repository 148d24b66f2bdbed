package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU and memory of a process, from {@code /proc}. */
record ProcessMeter(long pid) {

    /** The kernel's USER_HZ, the same on every platform that Java runs on. */
    private static final double MILLIS_PER_TICK = 10;

    /** User and system time of all its threads so far, milliseconds. */
    double cpuMillis() throws IOException {
        return cpuMillis(proc("stat"));
    }

    /** The part of it that the JVM's compiler threads used. */
    double compilerMillis() throws IOException {
        double millis = 0;
        try (var tasks = Files.newDirectoryStream(proc("task"))) {
            for (var task : tasks) {
                try {
                    if (Files.readString(task.resolve("comm")).matches("(?s)C[12] Compiler.*")) {
                        millis += cpuMillis(task.resolve("stat"));
                    }
                } catch (IOException ended) {
                    // The thread ended meanwhile.
                    continue;
                }
            }
        }
        return millis;
    }

    private static double cpuMillis(Path file) throws IOException {
        var stat = Files.readString(file);
        // The second field is the name in brackets and may hold blanks; utime and stime are fields 14 and 15.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
    }

    /** Resident memory now, MiB. */
    double residentMib() throws IOException {
        return mib("VmRSS:");
    }

    /** Peak resident memory since {@link #resetPeak()}, MiB. */
    double peakMib() throws IOException {
        return mib("VmHWM:");
    }

    void resetPeak() throws IOException {
        Files.writeString(proc("clear_refs"), "5");
    }

    private double mib(String name) throws IOException {
        try (var lines = Files.lines(proc("status"))) {
            var line = lines.filter(text -> text.startsWith(name)).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
        }
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }
}

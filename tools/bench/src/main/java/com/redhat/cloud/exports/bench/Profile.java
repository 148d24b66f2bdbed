package com.redhat.cloud.exports.bench;

import com.redhat.cloud.exports.servers.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * {@code make profile ONLY=create-32}: profiles the service's CPU with the JDK's flight recorder while a line of the benchmark runs, after warm-up. Prints three tables: by thread, including compiler and collector, by part of the program, and by method.
 */
final class Profile {

    private static final Path RECORDINGS = Path.of("target", "profile");
    private static final int RUNS = 3;

    /** Samples per CPU time of a thread, in Java, native libraries and the kernel. */
    private static final String SAMPLE = "jdk.CPUTimeSample";

    private static final int MOST = 25;

    /** A sample counts for the first of these packages in its stack, from the top. */
    private static final List<String> PARTS = List.of(
            "com.redhat.cloud.exports.",
            "org.apache.camel.",
            "org.springframework.jdbc.",
            "org.springframework.",
            "com.zaxxer.hikari.",
            "org.postgresql.",
            "com.fasterxml.jackson.",
            "org.apache.kafka.",
            "software.amazon.awssdk.",
            "org.apache.http.",
            "io.micrometer.",
            "org.apache.coyote.",
            "org.apache.tomcat.",
            "org.apache.catalina.",
            "ch.qos.logback.");

    private Profile() {}

    public static void main(String[] arguments) throws Exception {
        var only = arguments.length == 0 ? "create-32" : arguments[0];
        var line = Bench.lines()
                .filter(candidate -> candidate.name().startsWith(only))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no line begins with " + only));
        try (var stage = Stage.open()) {
            var run = line.preparation().prepare(stage);
            long pid = stage.running().meter().pid();
            var recording = Files.createDirectories(RECORDINGS)
                    .resolve(line.name() + ".jfr")
                    .toAbsolutePath();
            jcmd(pid, "JFR.configure", "stackdepth=256");
            jcmd(pid, "JFR.start", "name=profile", SAMPLE + "#enabled=true", SAMPLE + "#throttle=1ms");
            var before = threads(pid);
            for (int i = 0; i < RUNS; i++) {
                run.once().forEach(measure -> System.out.printf("%-24s %.3f%n", measure.name(), measure.value()));
            }
            var after = threads(pid);
            jcmd(pid, "JFR.stop", "name=profile", "filename=" + recording);
            print("thread", difference(before, after));
            print(recording);
            System.out.println("\nKept as " + recording);
        }
        System.exit(0);
    }

    private static void jcmd(long pid, String... command) throws IOException, InterruptedException {
        var jcmd = Path.of(ChildProcess.JAVA).resolveSibling("jcmd").toString();
        var process = new ProcessBuilder(Stream.concat(Stream.of(jcmd, Long.toString(pid)), Stream.of(command))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + String.join(" ", command) + " failed");
        }
    }

    /** CPU ticks so far by thread; those of a pool are summed. A name is cut at its first digit or #. */
    private static Map<String, Long> threads(long pid) throws IOException {
        var ticks = new TreeMap<String, Long>();
        try (var tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (var task : tasks.toList()) {
                try {
                    var stat = Files.readString(task.resolve("stat"));
                    var name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
                            .replaceAll("[-#]*[0-9].*", "");
                    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    ticks.merge(name, Long.parseLong(fields[11]) + Long.parseLong(fields[12]), Long::sum);
                } catch (IOException ended) {
                    // The thread ended meanwhile.
                    continue;
                }
            }
        }
        return ticks;
    }

    private static Map<String, Long> difference(Map<String, Long> before, Map<String, Long> after) {
        var difference = new HashMap<String, Long>();
        after.forEach((name, ticks) -> difference.put(name, ticks - before.getOrDefault(name, 0L)));
        return difference;
    }

    private static void print(Path recording) throws IOException {
        var parts = new HashMap<String, Long>();
        var methods = new HashMap<String, Long>();
        var own = new HashMap<String, Long>();
        var whole = new HashMap<String, Long>();
        long samples = 0;
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                var name = event.getEventType().getName();
                if (name.equals(SAMPLE) && event.getStackTrace() != null) {
                    count(event, parts, methods, own);
                    wholes(event, whole);
                    samples++;
                }
            }
        }
        System.out.printf("%n%,d samples%n", samples);
        print("part", parts);
        print("method", methods);
        print("method of a part, with what it calls outside of all parts", own);
        print(
                "method with all it calls",
                whole,
                methods.values().stream().mapToLong(Long::longValue).sum());
    }

    private static void count(
            RecordedEvent event, Map<String, Long> parts, Map<String, Long> methods, Map<String, Long> own) {
        var frames = event.getStackTrace().getFrames();
        long micros = micros(event);
        methods.merge(name(frames.getFirst()), micros, Long::sum);
        for (var frame : frames) {
            var type = frame.getMethod().getType().getName();
            var part = PARTS.stream().filter(type::startsWith).findFirst();
            if (part.isPresent()) {
                parts.merge(part.get() + "*", micros, Long::sum);
                own.merge(name(frame), micros, Long::sum);
                return;
            }
        }
        parts.merge("the JDK for itself", micros, Long::sum);
    }

    /** The CPU time that a sample represents. */
    private static long micros(RecordedEvent event) {
        return event.getDuration("samplingPeriod").toNanos() / 1000;
    }

    /** Counts each method once per sample, even if it recurses. */
    private static void wholes(RecordedEvent event, Map<String, Long> whole) {
        long micros = micros(event);
        event.getStackTrace().getFrames().stream()
                .map(Profile::name)
                .distinct()
                .forEach(name -> whole.merge(name, micros, Long::sum));
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static void print(String heading, Map<String, Long> counts) {
        print(
                heading,
                counts,
                counts.values().stream().mapToLong(Long::longValue).sum());
    }

    private static void print(String heading, Map<String, Long> counts, double all) {
        System.out.printf("%n%s%n", heading);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(MOST)
                .filter(entry -> entry.getValue() > 0)
                .forEach(entry -> System.out.printf("%6.1f %%  %s%n", 100 * entry.getValue() / all, entry.getKey()));
    }
}

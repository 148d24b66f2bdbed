package com.redhat.cloud.exports.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Uploads: many small bodies, large ones one by one, large ones all at once. */
final class UploadLines {

    private static final String USER = "uploader";
    static final int SMALL_BYTES = 20_000;
    private static final int SMALL_CONNECTIONS = 16;
    private static final int LARGE_REPEATS = 3;

    /** Figures of one large upload. */
    private static final int FIGURES = 4;

    /** Runs of the slow line that needs a service of its own. */
    private static final int SLOW_REPEATS = 2;

    static final Map<String, String> KEY = Map.of("x-rh-exports-psk", Service.PRE_SHARED_KEY);
    private static final Map<String, String> OWNER = Map.of("x-rh-identity", Seed.identity(USER));

    private UploadLines() {}

    static List<Line> single() {
        return List.of(
                new Line("upload-20kB", Line.REPEATS, UploadLines::small),
                new Line("upload-json", LARGE_REPEATS, stage -> large(stage, "json", List.of(), 0.3, 1.1)),
                new Line("upload-csv", LARGE_REPEATS, stage -> large(stage, "csv", List.of(), 0.3, 1.1)));
    }

    /** With the JDK's deflater. */
    static List<Line> singleByTheJdk() {
        return List.of(new Line(
                "upload-jdk",
                SLOW_REPEATS,
                stage -> large(stage, "json", List.of("-DEXPORT_DEFLATER=parallel"), 0.55, 2.2)));
    }

    static List<Line> ofMany() {
        return List.of(new Line("upload-64-at-once", Line.REPEATS, UploadLines::atOnce));
    }

    private static Line.Run small(Stage stage) throws Exception {
        var content = Content.ofBytes("json", SMALL_BYTES);
        double limit = stage.limits().smallPutsPerSecond(content);
        var body = Files.write(stage.file("small.json"), content.toBytes());
        var service = stage.service(Service.jvm("512m"));
        WarmUp.of(service, WarmUp.LONG, seconds -> small(stage.seed(), service.internalApi(), "json", body, seconds));
        return () -> smallRun(stage, service, body, limit);
    }

    private static List<Measure> smallRun(Stage stage, Service service, Path body, double limit) throws Exception {
        double before = service.meter().cpuMillis();
        double allocated = service.allocatedBytes();
        var outcome = small(stage.seed(), service.internalApi(), "json", body, Line.SECONDS);
        double each = (service.meter().cpuMillis() - before) / outcome.requests();
        return List.of(
                Measure.rate("rate", "/s", outcome.rate())
                        .goal(Double.isNaN(limit) ? 800 : Math.min(800, 0.8 * limit))
                        .limit(limit),
                Measure.cost("server CPU", "ms", each).goal(1),
                Measure.cost("p99", "ms", outcome.p99()),
                Measure.allocation(service.allocatedBytes() - allocated, outcome.requests()));
    }

    /** Uploads to every source once: repeated bytes would not be stored again. */
    static Wrk.Outcome small(Seed seed, URI internalApi, String format, Path body, int seconds) throws Exception {
        var sources = seed.pending(USER, format, 1_500 * seconds);
        var paths = seed.file(
                "small.paths", sources.stream().map(Seed.Source::uploadPath).toList());
        var outcome = new Wrk(internalApi, "POST", paths, body, KEY).run(SMALL_CONNECTIONS, seconds);
        if (outcome.requests() > sources.size()) {
            throw new IllegalStateException("more uploads than sources: let the line seed more");
        }
        return outcome;
    }

    /** @param goals seconds for 100 and for 400 MB */
    private static Line.Run large(Stage stage, String format, List<String> options, double... goals) throws Exception {
        var jvm = new ArrayList<>(Service.jvm("128m"));
        jvm.addAll(options);
        var service = stage.service(jvm);
        // Deflate is the limit; this shows that S3 is not.
        stage.limits().measurePut(Content.ofMegabytes(format, 100));
        // Warms up what every upload does once.
        var small = Content.ofBytes(format, SMALL_BYTES);
        var body = Files.write(stage.file("small." + format), small.toBytes());
        WarmUp.of(
                service,
                WarmUp.SHORT / 2,
                seconds -> small(stage.seed(), service.internalApi(), format, body, seconds));
        var warmUp = Content.ofMegabytes(format, 50);
        WarmUp.of(service, WarmUp.SHORT, WarmUp.repeating(() -> uploadToDownloadable(stage, service, warmUp)));
        return () -> {
            var measures = new ArrayList<Measure>();
            measures.addAll(largeRun(stage, service, Content.ofMegabytes(format, 10), "10 MB", Double.NaN));
            measures.addAll(largeRun(stage, service, Content.ofMegabytes(format, 100), "100 MB", goals[0]));
            measures.addAll(largeRun(stage, service, Content.ofMegabytes(format, 400), "400 MB", goals[1]));
            double more = measures.getLast().value()
                    - measures.get(measures.size() - 1 - FIGURES).value();
            measures.add(Measure.cost("RSS, 400 over 100 MB", "MiB", more).goal(20));
            return measures;
        };
    }

    /** Seconds, CPU and allocation of the service, and last its peak of memory. */
    private static List<Measure> largeRun(Stage stage, Service service, Content content, String size, double goal)
            throws Exception {
        double oneCore = content.length() / stage.limits().deflatedBytesPerSecond(content);
        stage.emptyStore();
        service.meter().resetPeak();
        double before = service.meter().cpuMillis();
        double allocated = service.allocatedBytes();
        double seconds = uploadToDownloadable(stage, service, content);
        double cpu = (service.meter().cpuMillis() - before) / 1e3;
        return List.of(
                Measure.cost(size, "s", seconds).goal(goal).limit(oneCore),
                Measure.cost("server CPU, " + size, "s", cpu),
                Measure.cost("allocated, " + size, "MiB", (service.allocatedBytes() - allocated) / (1 << 20)),
                Measure.cost("peak RSS, " + size, "MiB", service.meter().peakMib()));
    }

    private static double uploadToDownloadable(Stage stage, Service service, Content content) throws Exception {
        var source = stage.seed().pending(USER, content.format(), 1).getFirst();
        long start = System.nanoTime();
        Transfer.upload(service.upload(source), "POST", KEY, content);
        // Successful only once the export is complete.
        Transfer.call(service.publicApi("/exports/" + source.exportId()), "HEAD", OWNER);
        return (System.nanoTime() - start) / 1e9;
    }

    private static Line.Run atOnce(Stage stage) throws Exception {
        var service = stage.service(Service.jvm("256m"));
        var content = Content.ofMegabytes("json", 50);
        var prober = new Prober(
                service.publicApi("/exports/%s/status"
                        .formatted(
                                stage.seed().pending(USER, "json", 1).getFirst().exportId())),
                Seed.identity(USER),
                100);
        together(service, stage.seed().pending(USER, "json", 64), content);
        return () -> {
            stage.emptyStore();
            var sources = stage.seed().pending(USER, "json", 64);
            service.meter().resetPeak();
            double quiet;
            DoubleSummaryStatistics seconds;
            double meanwhile;
            try (var asking = prober.start()) {
                quiet = asking.during(Line.SECONDS).p99();
                seconds = together(service, sources, content);
                meanwhile = asking.sinceLastTime().p99();
            }
            return List.of(
                    Measure.cost("all 64 done", "s", seconds.getMax())
                            .limit(64 * content.length() / stage.limits().deflatedBytesPerSecond(content)),
                    Measure.cost("first done", "s", seconds.getMin()),
                    Measure.cost("status p99, quiet", "ms", quiet),
                    Measure.cost("status p99, meanwhile", "ms", meanwhile),
                    Measure.cost("p99, times quiet", "", meanwhile / quiet).goal(5),
                    Measure.cost("peak RSS", "MiB", service.meter().peakMib()));
        };
    }

    /**
     * As one client: 64 platform threads would get the cores far more often than the service, unlike clients on other machines.
     */
    private static DoubleSummaryStatistics together(Service service, List<Seed.Source> sources, Content content)
            throws Exception {
        List<Callable<Double>> uploads = new ArrayList<>();
        for (var source : sources) {
            uploads.add(() -> Transfer.upload(service.upload(source), "POST", KEY, content));
        }
        return Transfer.atOnce(Thread.ofVirtual(), uploads).stream()
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
    }
}

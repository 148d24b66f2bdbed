package com.redhat.cloud.exports.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Source applications that answer: many small bodies, large ones one by one, large ones all at once. */
final class UploadLines {

    private static final String USER = "uploader";
    private static final int SMALL_BYTES = 20_000;
    private static final int SMALL_CONNECTIONS = 16;
    private static final int LARGE_REPEATS = 3;
    private static final Map<String, String> KEY = Map.of("x-rh-exports-psk", Service.PRE_SHARED_KEY);
    private static final Map<String, String> OWNER = Map.of("x-rh-identity", Seed.identity(USER));

    private UploadLines() {}

    static List<Line> ofOne() {
        return List.of(
                new Line("upload-20kB", Line.REPEATS, UploadLines::small),
                new Line("upload-json", LARGE_REPEATS, stage -> large(stage, "json")),
                new Line("upload-csv", LARGE_REPEATS, stage -> large(stage, "csv")));
    }

    static List<Line> ofMany() {
        return List.of(new Line("upload-64-at-once", Line.REPEATS, UploadLines::atOnce));
    }

    private static Line.Run small(Stage stage) throws Exception {
        var content = Content.ofBytes("json", SMALL_BYTES);
        double limit = stage.limits().smallPutsPerSecond(content);
        var body = Files.write(stage.file("small.json"), content.toBytes());
        var service = stage.service(Service.jvm("512m"));
        WarmUp.of(service, WarmUp.LONG, seconds -> small(stage, service, body, seconds));
        return () -> smallRun(stage, service, body, Line.SECONDS, limit);
    }

    private static List<Measure> smallRun(Stage stage, Service service, Path body, int seconds, double limit)
            throws Exception {
        double before = service.meter().cpuMillis();
        var outcome = small(stage, service, body, seconds);
        double each = (service.meter().cpuMillis() - before) / outcome.requests();
        return List.of(
                Measure.rate("rate", "/s", outcome.rate())
                        .goal(Double.isNaN(limit) ? 800 : Math.min(800, 0.8 * limit))
                        .limit(limit),
                Measure.cost("server CPU", "ms", each).goal(1),
                Measure.cost("p99", "ms", outcome.p99()));
    }

    /** Every source once: the same bytes again would be answered without storing them. */
    private static Wrk.Outcome small(Stage stage, Service service, Path body, int seconds) throws Exception {
        var sources = stage.seed().pending(USER, "json", 2_500 * seconds);
        var paths = stage.seed()
                .file(
                        "small.paths",
                        sources.stream().map(Seed.Source::uploadPath).toList());
        var outcome = new Wrk(service.internalApi(), "POST", paths, body, KEY).run(SMALL_CONNECTIONS, seconds);
        if (outcome.requests() > sources.size()) {
            throw new IllegalStateException("more uploads than sources: let the line seed more");
        }
        return outcome;
    }

    private static Line.Run large(Stage stage, String format) throws Exception {
        var service = stage.service(Service.jvm("128m"));
        var warmUp = Content.ofMegabytes(format, 50);
        WarmUp.of(service, WarmUp.SHORT, seconds -> {
            for (int i = 0; i < 6 * seconds; i++) {
                uploadToDownloadable(stage, service, warmUp);
            }
        });
        return () -> {
            var measures = new ArrayList<Measure>();
            measures.addAll(largeRun(stage, service, Content.ofMegabytes(format, 10), "10 MB", Double.NaN));
            measures.addAll(largeRun(stage, service, Content.ofMegabytes(format, 100), "100 MB", 0.3));
            measures.addAll(largeRun(stage, service, Content.ofMegabytes(format, 400), "400 MB", 1.1));
            double more = measures.getLast().value()
                    - measures.get(measures.size() - 3).value();
            measures.add(Measure.cost("RSS, 400 over 100 MB", "MiB", more).goal(20));
            return measures;
        };
    }

    /** The seconds, and last the peak of memory. */
    private static List<Measure> largeRun(Stage stage, Service service, Content content, String size, double goal)
            throws Exception {
        double oneCore = content.length() / stage.limits().deflatedBytesPerSecond(content);
        service.meter().resetPeak();
        double seconds = uploadToDownloadable(stage, service, content);
        return List.of(
                Measure.cost(size, "s", seconds).goal(goal).limit(oneCore),
                Measure.cost("peak RSS, " + size, "MiB", service.meter().peakMib()));
    }

    private static double uploadToDownloadable(Stage stage, Service service, Content content) throws Exception {
        var source = stage.seed().pending(USER, content.format(), 1).getFirst();
        long start = System.nanoTime();
        Transfer.upload(service.upload(source), "POST", KEY, content);
        // Answered only if the export is complete and its zip laid out.
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
            double quiet = prober.during(Line.SECONDS).p99();
            var sources = stage.seed().pending(USER, "json", 64);
            service.meter().resetPeak();
            DoubleSummaryStatistics seconds;
            double meanwhile;
            try (var asking = prober.start()) {
                seconds = together(service, sources, content);
                meanwhile = asking.end().p99();
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

    private static DoubleSummaryStatistics together(Service service, List<Seed.Source> sources, Content content)
            throws Exception {
        List<Callable<Double>> uploads = new ArrayList<>();
        for (var source : sources) {
            uploads.add(() -> Transfer.upload(service.upload(source), "POST", KEY, content));
        }
        return Transfer.atOnce(uploads).stream()
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
    }
}

package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creating, asking for the status, listing: wrk against the users' API. */
final class ApiLines {

    private static final List<String> JVM = Service.jvm("512m");

    /** One source with filters, as a user interface sends it. */
    static final String REQUEST = """
            {"name":"Active hosts","format":"json","sources":[{"application":"exampleApp","resource":"exampleResource",\
            "filters":{"status":"active","startDate":"2024-02-01","tags":["a","b"]}}]}""";

    private static final String FILTERS = "&dir=desc&status=pending&application=exampleApp";

    private ApiLines() {}

    static List<Line> lines() {
        List<Double> few = new ArrayList<>();
        return List.of(
                new Line("create-32", Line.REPEATS, stage -> create(stage, 32, WarmUp.LONG, few, List.of())),
                new Line("create-256", Line.REPEATS, stage -> create(stage, 256, WarmUp.SHORT, new ArrayList<>(), few)),
                new Line("status", Line.REPEATS, ApiLines::status),
                new Line("list-1000", Line.REPEATS, stage -> list(stage, 1_000, "")),
                new Line("list-50000", Line.REPEATS, stage -> list(stage, 50_000, "")),
                new Line("list-1000-filtered", Line.REPEATS, stage -> list(stage, 1_000, FILTERS)),
                new Line("list-50000-filtered", Line.REPEATS, stage -> list(stage, 50_000, FILTERS)));
    }

    /**
     * @param rates takes those of its runs
     * @param ofFewer those over fewer connections, none when that line was not asked for
     */
    private static Line.Run create(Stage stage, int connections, int warmUp, List<Double> rates, List<Double> ofFewer)
            throws Exception {
        double limit = stage.limits().createsPerSecond();
        var body = Files.writeString(stage.file("create.json"), REQUEST);
        var paths = stage.seed().file("create.paths", List.of("/api/export/v1/exports", "/api/export/v1/exports"));
        var service = stage.service(JVM);
        var wrk = new Wrk(service.publicApi(""), "POST", paths, body, headers("creator"));
        WarmUp.of(service, warmUp, seconds -> wrk.run(connections, seconds));
        stage.seed().awaitEmptyOutbox();
        stage.seed().tidyUp();
        return () -> {
            double cpu = service.meter().cpuMillis();
            var outcome = wrk.run(connections, Line.SECONDS);
            // The relay's share belongs to the request, whenever it is done.
            stage.seed().awaitEmptyOutbox();
            double each = (service.meter().cpuMillis() - cpu) / outcome.requests();
            rates.add(outcome.rate());
            var measures = new ArrayList<>(List.of(
                    Measure.rate("rate", "/s", outcome.rate()).goal(5_000).limit(limit),
                    Measure.cost("server CPU, relay too", "ms", each).goal(0.16),
                    Measure.cost("p99", "ms", outcome.p99())));
            if (!ofFewer.isEmpty()) {
                double times = outcome.rate() / Prober.percentile(ofFewer, 0.5);
                measures.add(Measure.rate("rate, times that of 32", "", times).goal(0.9));
            }
            return measures;
        };
    }

    private static Line.Run status(Stage stage) throws Exception {
        double limit = stage.limits().statusesPerSecond();
        var service = stage.service(JVM);
        var paths = stage.seed().pending("asker", "json", 1_000).stream()
                .map(Seed.Source::statusPath)
                .toList();
        var wrk =
                new Wrk(service.publicApi(""), "GET", stage.seed().file("status.paths", paths), null, headers("asker"));
        WarmUp.of(service, WarmUp.SHORT, seconds -> wrk.run(32, seconds));
        stage.seed().tidyUp();
        return () -> read(service, wrk, 14_000, 0.08, limit);
    }

    private static Line.Run list(Stage stage, int exports, String filters) throws Exception {
        var service = stage.service(JVM);
        var user = "lister-" + exports;
        stage.seed().history(user, exports);
        var path = "/api/export/v1/exports?limit=20" + filters;
        var paths = stage.seed().file("list.paths", List.of(path, path));
        var wrk = new Wrk(service.publicApi(""), "GET", paths, null, headers(user));
        WarmUp.of(service, WarmUp.SHORT, seconds -> wrk.run(32, seconds));
        return () -> read(service, wrk, exports <= 1_000 ? 4_000 : 2_000, Double.NaN, Double.NaN);
    }

    private static List<Measure> read(Service service, Wrk wrk, double rate, double cpu, double limit)
            throws IOException, InterruptedException {
        double before = service.meter().cpuMillis();
        var outcome = wrk.run(32, Line.SECONDS);
        double each = (service.meter().cpuMillis() - before) / outcome.requests();
        return List.of(
                Measure.rate("rate", "/s", outcome.rate()).goal(rate).limit(limit),
                Measure.cost("server CPU", "ms", each).goal(cpu),
                Measure.cost("p99", "ms", outcome.p99()));
    }

    private static Map<String, String> headers(String user) {
        return Map.of("x-rh-identity", Seed.identity(user));
    }
}

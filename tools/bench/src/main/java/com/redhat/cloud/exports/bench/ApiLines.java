package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Creating, asking for the status, listing: wrk against the users' API. */
final class ApiLines {

    private static final List<String> JVM = Service.jvm("512m");

    /** One source with filters, as a user interface sends it. */
    static final String REQUEST = """
            {"name":"Active hosts","format":"json","sources":[{"application":"exampleApp","resource":"exampleResource",\
            "filters":{"status":"active","startDate":"2024-02-01","tags":["a","b"]}}]}""";

    private static final String EXPORTS = "/api/export/v1/exports";

    static final Map<String, String> FILTERS =
            Map.of("dir", "desc", "status", "pending", "application", Service.APPLICATION);

    private ApiLines() {}

    static List<Line> lines() {
        List<Double> few = new ArrayList<>();
        return List.of(
                new Line("create-32", Line.REPEATS, stage -> create(stage, 32, WarmUp.LONG, few, List.of())),
                new Line("create-256", Line.REPEATS, stage -> create(stage, 256, WarmUp.SHORT, new ArrayList<>(), few)),
                new Line("status", Line.REPEATS, ApiLines::status),
                list("list-1000", 1_000, Map.of(), 4_000),
                list("list-50000", 50_000, Map.of(), 2_000),
                list("list-1000-filtered", 1_000, FILTERS, 4_000),
                list("list-50000-filtered", 50_000, FILTERS, 2_000));
    }

    /**
     * @param rates receives the rates of its runs
     * @param ofFewer rates over fewer connections; empty without that line
     */
    private static Line.Run create(Stage stage, int connections, int warmUp, List<Double> rates, List<Double> ofFewer)
            throws Exception {
        double limit = stage.limits().createsPerSecond();
        var service = stage.service(JVM);
        var wrk = creating(service.publicApi(""), stage.seed());
        WarmUp.of(service, warmUp, seconds -> wrk.run(connections, seconds));
        stage.seed().awaitEmptyOutbox();
        stage.seed().tidyUp();
        return () -> {
            double cpu = service.meter().cpuMillis();
            double allocated = service.allocatedBytes();
            var outcome = wrk.run(connections, Line.SECONDS);
            // The relay's work counts, too.
            stage.seed().awaitEmptyOutbox();
            double each = (service.meter().cpuMillis() - cpu) / outcome.requests();
            rates.add(outcome.rate());
            var measures = new ArrayList<>(List.of(
                    Measure.rate("rate", "/s", outcome.rate()).goal(5_000).limit(limit),
                    Measure.cost("server CPU, relay too", "ms", each).goal(0.16),
                    Measure.cost("p99", "ms", outcome.p99()),
                    Measure.allocation(service.allocatedBytes() - allocated, outcome.requests())));
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
        var wrk = statuses(service.publicApi(""), stage.seed());
        WarmUp.of(service, WarmUp.SHORT, seconds -> wrk.run(32, seconds));
        stage.seed().tidyUp();
        return () -> read(service, wrk, 14_000, 0.08, limit);
    }

    private static Line list(String name, int exports, Map<String, String> filters, double goal) {
        var user = lister(exports);
        return new Line(name, Line.REPEATS, stage -> {
            var service = stage.service(JVM);
            stage.seed().history(user, exports);
            double limit = stage.limits().listsPerSecond(name, user, filters);
            var wrk = listing(service.publicApi(""), stage.seed(), user, filters);
            WarmUp.of(service, WarmUp.SHORT, seconds -> wrk.run(32, seconds));
            return () -> read(service, wrk, goal, Double.NaN, limit);
        });
    }

    /** Creates exports. */
    static Wrk creating(URI users, Seed seed) throws IOException {
        return new Wrk(
                users,
                "POST",
                seed.file("create.paths", List.of(EXPORTS, EXPORTS)),
                seed.file("create.json", List.of(REQUEST)),
                headers("creator"));
    }

    /** Gets the status of a thousand pending exports, which it creates. */
    static Wrk statuses(URI users, Seed seed) throws IOException, SQLException {
        var paths = seed.pending("reader", "json", 1_000).stream()
                .map(Seed.Source::statusPath)
                .toList();
        return new Wrk(users, "GET", seed.file("status.paths", paths), null, headers("reader"));
    }

    /** The user with so many exports. */
    static String lister(int exports) {
        return "lister-" + exports;
    }

    /** Lists the first twenty exports. */
    static Wrk listing(URI users, Seed seed, String user, Map<String, String> filters) throws IOException {
        var path = filters.entrySet().stream()
                .map(filter -> "&" + filter.getKey() + "=" + filter.getValue())
                .collect(Collectors.joining("", EXPORTS + "?limit=20", ""));
        return new Wrk(users, "GET", seed.file("list.paths", List.of(path, path)), null, headers(user));
    }

    private static List<Measure> read(Service service, Wrk wrk, double rate, double cpu, double limit)
            throws IOException, InterruptedException {
        double before = service.meter().cpuMillis();
        double allocated = service.allocatedBytes();
        var outcome = wrk.run(32, Line.SECONDS);
        double each = (service.meter().cpuMillis() - before) / outcome.requests();
        return List.of(
                Measure.rate("rate", "/s", outcome.rate()).goal(rate).limit(limit),
                Measure.cost("server CPU", "ms", each).goal(cpu),
                Measure.cost("p99", "ms", outcome.p99()),
                Measure.allocation(service.allocatedBytes() - allocated, outcome.requests()));
    }

    private static Map<String, String> headers(String user) {
        return Map.of("x-rh-identity", Seed.identity(user));
    }
}

package com.redhat.cloud.exports.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The latency of a polling tenant while another one floods the service with lists, with and without a rate limit. */
final class FloodLines {

    private static final int EXPORTS = 1_000;
    private static final int CONNECTIONS = 64;
    private static final int POLLS = 20;
    private static final String POLLING = "poller";
    private static final String FLOODING = "flooder";

    private FloodLines() {}

    static List<Line> lines() {
        return List.of(
                new Line("flood-unlimited", Line.REPEATS, stage -> flood(stage, List.of())),
                new Line(
                        "flood-limited",
                        Line.REPEATS,
                        stage -> flood(stage, List.of("-DRATE_LIMIT_RATE=200", "-DRATE_LIMIT_BURST=200"))));
    }

    private static Line.Run flood(Stage stage, List<String> limit) throws Exception {
        var options = new ArrayList<>(Service.jvm("256m"));
        options.addAll(limit);
        var service = stage.service(options);
        var source = stage.seed().pending(POLLING, "json", 1).getFirst();
        stage.seed().history(FLOODING, FLOODING, EXPORTS);
        var prober = new Prober(
                service.publicApi("/exports/%s/status".formatted(source.exportId())), Seed.identity(POLLING), POLLS);
        var path = "/api/export/v1/exports?limit=100";
        var wrk = new Wrk(
                service.publicApi(""),
                "GET",
                stage.seed().file("flood.paths", List.of(path, path)),
                null,
                Map.of("x-rh-identity", Seed.identity(FLOODING, FLOODING)));
        wrk.run(CONNECTIONS, 3, 1);
        return () -> {
            Prober.Latency quiet;
            Wrk.Outcome flood;
            Prober.Latency beside;
            try (var asking = prober.start()) {
                quiet = asking.during(Line.SECONDS);
                service.meter().resetPeak();
                flood = wrk.run(CONNECTIONS, Line.SECONDS, 1);
                beside = asking.sinceLastTime();
            }
            return List.of(
                    Measure.cost("status p50, alone", "ms", quiet.p50()),
                    Measure.cost("status p50, beside", "ms", beside.p50()),
                    Measure.cost("status p99, alone", "ms", quiet.p99()),
                    Measure.cost("status p99, beside", "ms", beside.p99()),
                    Measure.rate("flood, answers", "/s", flood.rate()),
                    Measure.cost("peak RSS", "MiB", service.meter().peakMib()));
        };
    }
}

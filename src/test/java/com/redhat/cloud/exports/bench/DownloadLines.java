package com.redhat.cloud.exports.bench;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Users who fetch their zips. The service composes each while it sends it; the limit is the same number of bytes as one
 * object, from the same S3 through the same service (an export of the former service is passed through).
 */
final class DownloadLines {

    private static final String USER = "downloader";
    private static final Map<String, String> OWNER = Map.of("x-rh-identity", Seed.identity(USER));

    private DownloadLines() {}

    static List<Line> lines() {
        return List.of(
                new Line("download-100MB-1", Line.REPEATS, stage -> download(stage, 100, 1, 8)),
                new Line("download-100MB-4", Line.REPEATS, stage -> download(stage, 100, 4, 3)),
                new Line("download-400MB-1", Line.REPEATS, stage -> download(stage, 400, 1, 2)),
                new Line("download-400MB-4", Line.REPEATS, stage -> download(stage, 400, 4, 1)));
    }

    private static Line.Run download(Stage stage, int megabytes, int clients, int rounds) throws Exception {
        var service = stage.service(Service.jvm("128m"));
        var source = stage.seed().pending(USER, "json", 1).getFirst();
        Transfer.upload(
                service.upload(source),
                "POST",
                Map.of("x-rh-exports-psk", Service.PRE_SHARED_KEY),
                Content.ofMegabytes("json", megabytes));
        var composed = service.publicApi("/exports/" + source.exportId());

        var key = "bench/zip-%d-%d".formatted(megabytes, clients);
        URI stored;
        try (var store = new ObjectStore(stage.servers().environment())) {
            Transfer.upload(store.put(key), "PUT", Map.of(), Content.of(Transfer.read(composed, OWNER)));
            stored = store.get(key);
        }
        warmUp(stage, service, source);
        var passed = service.publicApi("/exports/" + stage.seed().formerExport(USER, key));
        fetch(composed, OWNER, clients, rounds);
        fetch(passed, OWNER, clients, rounds);
        return () -> {
            double limit = fetch(passed, OWNER, clients, rounds).megabytesPerSecond();
            service.meter().resetPeak();
            double before = service.meter().cpuMillis();
            var zip = fetch(composed, OWNER, clients, rounds);
            double cpu = service.meter().cpuMillis() - before;
            double peak = service.meter().peakMib();
            var direct = fetch(stored, Map.of(), clients, rounds);
            return List.of(
                    Measure.rate("composed zip", "MB/s", zip.megabytesPerSecond())
                            .goal(limit)
                            .limit(limit),
                    Measure.rate("S3 without a service", "MB/s", direct.megabytesPerSecond()),
                    Measure.cost("first byte", "ms", zip.firstByte()).goal(10),
                    Measure.cost("first byte, S3 without it", "ms", direct.firstByte()),
                    Measure.cost("server CPU per 100 MB", "ms", cpu / zip.megabytes() * 100),
                    Measure.cost("peak RSS", "MiB", peak));
        };
    }

    /** By many beginnings: a service that runs has answered more downloads than a line could fetch whole. */
    private static void warmUp(Stage stage, Service service, Seed.Source source) throws Exception {
        var path = "/api/export/v1/exports/" + source.exportId();
        var wrk = new Wrk(
                service.publicApi(""),
                "GET",
                stage.seed().file("download.paths", List.of(path, path)),
                null,
                Map.of("x-rh-identity", Seed.identity(USER), "Range", "bytes=0-65535"));
        WarmUp.of(service, WarmUp.SHORT, seconds -> wrk.run(4, seconds));
    }

    /**
     * What all clients got.
     *
     * @param firstByte median, milliseconds
     */
    private record Fetched(double megabytes, double seconds, double firstByte) {

        double megabytesPerSecond() {
            return megabytes / seconds;
        }
    }

    /** Each client fetches it as many times as there are rounds, one after the other. */
    private static Fetched fetch(URI target, Map<String, String> headers, int clients, int rounds) throws Exception {
        Callable<List<Transfer.Download>> client = () -> {
            var downloads = new ArrayList<Transfer.Download>();
            for (int i = 0; i < rounds; i++) {
                downloads.add(Transfer.download(target, headers));
            }
            return downloads;
        };
        long start = System.nanoTime();
        var all = Transfer.atOnce(Thread.ofPlatform(), Collections.nCopies(clients, client)).stream()
                .flatMap(List::stream)
                .toList();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Fetched(
                all.stream().mapToLong(Transfer.Download::bytes).sum() / 1e6,
                seconds,
                Prober.percentile(all.stream().map(Transfer.Download::firstByte).toList(), 0.5));
    }
}

package com.redhat.cloud.exports.bench;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * Downloads of zips, composed while they are sent. The limit is one object of the same size straight from S3, the goal the same object passed through the service, as an export of the former service is.
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
        fetch(composed, OWNER, clients);
        fetch(passed, OWNER, clients);
        return () -> {
            var zip = Fetched.NOTHING;
            var object = Fetched.NOTHING;
            var direct = Fetched.NOTHING;
            double cpu = 0;
            double peak = 0;
            // In turn, so that a slow phase of the machine affects all of them.
            for (int i = 0; i < rounds; i++) {
                object = object.plus(fetch(passed, OWNER, clients));
                service.meter().resetPeak();
                double before = service.meter().cpuMillis();
                zip = zip.plus(fetch(composed, OWNER, clients));
                cpu += service.meter().cpuMillis() - before;
                peak = Math.max(peak, service.meter().peakMib());
                direct = direct.plus(fetch(stored, Map.of(), clients));
            }
            double passing = object.megabytesPerSecond();
            double limit = direct.megabytesPerSecond();
            return List.of(
                    Measure.rate("composed zip", "MB/s", zip.megabytesPerSecond())
                            .goal(passing)
                            .limit(limit),
                    Measure.rate("one object passed through", "MB/s", passing).limit(limit),
                    Measure.rate("S3 without a service", "MB/s", limit),
                    Measure.cost("first byte", "ms", zip.firstByte()).goal(10),
                    Measure.cost("first byte, S3 without it", "ms", direct.firstByte()),
                    Measure.cost("server CPU per 100 MB", "ms", cpu / zip.megabytes() * 100),
                    Measure.cost("peak RSS", "MiB", peak));
        };
    }

    /** Warms up with the first bytes of many downloads, since whole ones would take too long. */
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

    /** The total of all clients. */
    private record Fetched(List<Transfer.Download> downloads, double seconds) {

        static final Fetched NOTHING = new Fetched(List.of(), 0);

        Fetched plus(Fetched other) {
            return new Fetched(
                    Stream.concat(downloads.stream(), other.downloads.stream()).toList(), seconds + other.seconds);
        }

        double megabytes() {
            return downloads.stream().mapToLong(Transfer.Download::bytes).sum() / 1e6;
        }

        double megabytesPerSecond() {
            return megabytes() / seconds;
        }

        /** Median, milliseconds. */
        double firstByte() {
            return Prober.percentile(
                    downloads.stream().map(Transfer.Download::firstByte).toList(), 0.5);
        }
    }

    /** All clients at once. */
    private static Fetched fetch(URI target, Map<String, String> headers, int clients) throws Exception {
        Callable<Transfer.Download> client = () -> Transfer.download(target, headers);
        long start = System.nanoTime();
        var downloads = Transfer.atOnce(Thread.ofPlatform(), Collections.nCopies(clients, client));
        return new Fetched(downloads, (System.nanoTime() - start) / 1e9);
    }
}

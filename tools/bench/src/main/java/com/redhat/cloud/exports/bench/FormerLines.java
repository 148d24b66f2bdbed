package com.redhat.cloud.exports.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * This service and the former one in turn, on the same servers and within seconds, so that the machine's speed of the moment cancels out. Goals are this service's targets divided by what the former service reached with a connection pool and an index.
 */
final class FormerLines {

    private static final String USER = "comparer";
    private static final Map<String, String> OWNER = Map.of("x-rh-identity", Seed.identity(USER));

    private static final List<Integer> HISTORIES = List.of(1_000, 50_000);

    private FormerLines() {}

    /** Empty without the former service. */
    static List<Line> lines() {
        if (!FormerService.isGiven()) {
            return List.of();
        }
        return List.of(
                new Line("former-create", Line.REPEATS, FormerLines::create),
                new Line("former-status", Line.REPEATS, FormerLines::status),
                list("former-list-1000", 1_000, Map.of(), 4_000 / 1_607.0),
                list("former-list-50000", 50_000, Map.of(), Double.NaN),
                list("former-list-1000-filtered", 1_000, ApiLines.FILTERS, 4_000 / 265.0),
                list("former-list-50000-filtered", 50_000, ApiLines.FILTERS, Double.NaN),
                new Line("former-upload-20kB", Line.REPEATS, FormerLines::small),
                new Line("former-upload-json", Line.REPEATS, FormerLines::large));
    }

    /** One of the two services. */
    private record Side(Seed seed, URI users, URI sources, ProcessMeter meter) {

        static Side former(Stage stage) throws Exception {
            var former = stage.former();
            return new Side(former.seed(), former.publicApi(), former.internalApi(), former.meter());
        }

        static Side ours(Stage stage) throws Exception {
            var service = stage.service(Service.jvm("512m"));
            return new Side(stage.seed(), service.publicApi(""), service.internalApi(), service.meter());
        }
    }

    /** @param cpu of the process, milliseconds a request */
    private record Load(double rate, double cpu) {

        /** @param loaded requests a second over so many seconds, as {@link Wrk} does */
        static Load of(Side side, Loaded loaded) throws Exception {
            double before = side.meter().cpuMillis();
            var outcome = loaded.run(Line.SECONDS);
            return new Load(outcome.rate(), (side.meter().cpuMillis() - before) / outcome.requests());
        }
    }

    @FunctionalInterface
    private interface Loaded {
        Wrk.Outcome run(int seconds) throws Exception;
    }

    private static Line.Run create(Stage stage) throws Exception {
        var ours = Side.ours(stage);
        var former = Side.former(stage);
        var creating = ApiLines.creating(ours.users(), ours.seed());
        var creatingThere = ApiLines.creating(former.users(), former.seed());
        WarmUp.of(stage.running(), WarmUp.LONG, seconds -> creating.run(32, seconds));
        creatingThere.run(32, 1);
        stage.seed().tidyUp();
        return () -> compare(
                Load.of(ours, seconds -> {
                    var outcome = creating.run(32, seconds);
                    // The relay's work counts, too.
                    stage.seed().awaitEmptyOutbox();
                    return outcome;
                }),
                Load.of(former, seconds -> creatingThere.run(32, seconds)),
                5_000 / 3_430.0,
                0.16 / 0.26);
    }

    private static Line.Run status(Stage stage) throws Exception {
        return read(stage, side -> ApiLines.statuses(side.users(), side.seed()), 14_000 / 9_440.0, 0.08 / 0.12);
    }

    private static Line list(String name, int exports, Map<String, String> filters, double goal) {
        return new Line(
                name,
                Line.REPEATS,
                stage -> read(
                        stage,
                        side -> {
                            // Both, whichever line runs: the former service's plans depend on both.
                            for (int count : HISTORIES) {
                                side.seed().history(ApiLines.lister(count), count);
                            }
                            return ApiLines.listing(side.users(), side.seed(), ApiLines.lister(exports), filters);
                        },
                        goal,
                        Double.NaN));
    }

    @FunctionalInterface
    private interface Reading {
        Wrk of(Side side) throws Exception;
    }

    private static Line.Run read(Stage stage, Reading reading, double rate, double cpu) throws Exception {
        var ours = Side.ours(stage);
        var former = Side.former(stage);
        var asking = reading.of(ours);
        var askingThere = reading.of(former);
        WarmUp.of(stage.running(), WarmUp.LONG, seconds -> asking.run(32, seconds));
        askingThere.run(32, 1);
        return () -> compare(
                Load.of(ours, seconds -> asking.run(32, seconds)),
                Load.of(former, seconds -> askingThere.run(32, seconds)),
                rate,
                cpu);
    }

    private static Line.Run small(Stage stage) throws Exception {
        var ours = Side.ours(stage);
        var former = Side.former(stage);
        var content = Content.ofBytes("json", UploadLines.SMALL_BYTES);
        var body = Files.write(stage.file("small.json"), content.toBytes());
        Loaded uploading = seconds -> UploadLines.small(ours.seed(), ours.sources(), "json", body, seconds);
        Loaded uploadingThere = seconds -> UploadLines.small(former.seed(), former.sources(), "json", body, seconds);
        WarmUp.of(stage.running(), WarmUp.LONG, uploading::run);
        uploadingThere.run(1);
        return () -> compare(Load.of(ours, uploading), Load.of(former, uploadingThere), 800 / 278.0, 1 / 3.1);
    }

    private static Line.Run large(Stage stage) throws Exception {
        var ours = Side.ours(stage);
        var former = Side.former(stage);
        var content = Content.ofMegabytes("json", 100);
        WarmUp.of(stage.running(), WarmUp.LONG, WarmUp.repeating(() -> uploadToDownloadable(ours, content)));
        return () -> {
            stage.emptyStore();
            double seconds = uploadToDownloadable(ours, content);
            stage.emptyStore();
            double there = uploadToDownloadable(former, content);
            return List.of(
                    Measure.cost("100 MB", "s", seconds),
                    Measure.cost("100 MB, former", "s", there),
                    Measure.rate("times as fast", "", there / seconds).goal(1.12 / 0.3));
        };
    }

    /** By the status: the former service has no HEAD. */
    private static double uploadToDownloadable(Side side, Content content) throws Exception {
        var source = side.seed().pending(USER, content.format(), 1).getFirst();
        long start = System.nanoTime();
        Transfer.upload(side.sources().resolve(source.uploadPath()), "POST", UploadLines.KEY, content);
        var status = side.users().resolve(source.statusPath());
        while (true) {
            var answer = new String(Transfer.read(status, OWNER), StandardCharsets.UTF_8);
            if (answer.contains("\"status\":\"failed\"")) {
                throw new IOException("the export failed: " + answer);
            }
            if (answer.contains("\"completed_at\"")) {
                return (System.nanoTime() - start) / 1e9;
            }
            Thread.sleep(5);
        }
    }

    private static List<Measure> compare(Load ours, Load former, double rate, double cpu) {
        return List.of(
                Measure.rate("rate", "/s", ours.rate()),
                Measure.rate("rate, former", "/s", former.rate()),
                Measure.rate("times as many", "", ours.rate() / former.rate()).goal(rate),
                Measure.cost("server CPU", "ms", ours.cpu()),
                Measure.cost("server CPU, former", "ms", former.cpu()),
                Measure.cost("CPU, share of former's", "", ours.cpu() / former.cpu())
                        .goal(cpu));
    }
}

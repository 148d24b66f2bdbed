package com.redhat.cloud.exports.bench;

import java.nio.file.Path;
import java.util.List;

/** The time from the start of the process to readiness, and the memory when idle. */
final class StartLines {

    private static final int REPEATS = 3;

    /** Runs of the slow start, which has no goal. */
    private static final int SLOW_REPEATS = 1;

    private static final int IDLE_MILLIS = 3_000;

    private StartLines() {}

    static List<Line> lines() {
        return List.of(
                new Line(
                        "start-fat-jar",
                        SLOW_REPEATS,
                        stage -> () -> start(stage, Service.JAR, AotImage.OPTIONS, Double.NaN)),
                new Line("start-aot", REPEATS, stage -> {
                    stage.stopService();
                    var image = AotImage.build(stage);
                    return () -> start(stage, image.jar(), image.options(), 2.6);
                }));
    }

    private static List<Measure> start(Stage stage, Path jar, List<String> options, double goal) throws Exception {
        stage.stopService();
        try (var service = Service.start(stage.servers().environment(), jar, stage.file("start.log"), options)) {
            double seconds = service.startToReady().toMillis() / 1e3;
            double cpu = service.meter().cpuMillis() / 1e3;
            Thread.sleep(IDLE_MILLIS);
            return List.of(
                    Measure.cost("start to ready", "s", seconds).goal(goal),
                    Measure.cost("CPU until ready", "s", cpu),
                    Measure.cost("RSS, idle", "MiB", service.meter().residentMib())
                            .goal(300));
        }
    }
}

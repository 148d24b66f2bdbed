package com.redhat.cloud.exports.bench;

import com.redhat.cloud.exports.servers.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * {@code make aot}: the jar taken apart, with the code that Spring generates for its beans, and a cache of its classes recorded in a training run (JEP 483, 514, 515). An image copies the directory. The JVM uses the cache only if JDK, collector and jars are the same.
 *
 * @param jar in its directory, next to {@code lib/}
 */
record AotImage(Path jar, Path cache) {

    /**
     * The flags are those of the training run, else the JVM ignores the cache. The initial heap is that of a container; the default depends on the machine's memory.
     */
    static final List<String> OPTIONS = plus(Service.jvm("256m"), "-Xms32m");

    /**
     * As above, with Spring's generated code, and without the profiles of the training run: they would have the second compiler compile at once what is hot only during the start, on one of two cores.
     */
    private static final List<String> IMAGE_OPTIONS = plus(
            OPTIONS,
            "-Dspring.aot.enabled=true",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-AOTReplayTraining",
            "-XX:Tier4InvocationThreshold=100000",
            "-XX:Tier4MinInvocationThreshold=12000",
            "-XX:Tier4CompileThreshold=300000",
            "-XX:Tier4BackEdgeThreshold=800000");

    private static final Path HOME = Path.of("target", "aot");

    /** The output of {@code spring-boot:process-aot}. */
    private static final Path GENERATED = Path.of("target", "spring-aot", "main");

    private static final int TIMEOUT_SECONDS = 120;

    /** Needs the servers for the training run, in which users and source applications send requests. */
    static AotImage build(Stage stage) throws Exception {
        var image = extract(HOME);
        Files.deleteIfExists(image.cache());
        try (var service = Service.start(
                stage.servers().environment(),
                image.jar(),
                stage.file("training.log"),
                plus(IMAGE_OPTIONS, "-XX:AOTCacheOutput=" + image.cache()))) {
            train(stage, service);
            // The JVM writes the cache while it exits.
            var process = ProcessHandle.of(service.meter().pid()).orElseThrow();
            process.destroy();
            process.onExit().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
        if (Files.notExists(image.cache())) {
            throw new IOException("the training run left no cache, see " + stage.file("training.log"));
        }
        return image;
    }

    static AotImage extract(Path home) throws IOException, InterruptedException {
        var extraction = new ProcessBuilder(
                        ChildProcess.JAVA,
                        "-Djarmode=tools",
                        "-jar",
                        Service.JAR.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        home.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (extraction.waitFor() != 0) {
            throw new IOException("cannot take apart " + Service.JAR);
        }
        var jar = home.resolve(Service.JAR.getFileName());
        addGenerated(jar);
        return new AotImage(jar, home.resolve("export-service.aot"));
    }

    private static void addGenerated(Path jar) throws IOException {
        var tool = ToolProvider.findFirst("jar").orElseThrow();
        int result = tool.run(
                System.out,
                System.err,
                "--update",
                "--file",
                jar.toString(),
                "-C",
                GENERATED.resolve("classes").toString(),
                ".",
                "-C",
                GENERATED.resolve("resources").toString(),
                ".");
        if (result != 0) {
            throw new IOException("cannot add %s to %s".formatted(GENERATED, jar));
        }
    }

    List<String> options() {
        return plus(IMAGE_OPTIONS, "-XX:AOTCache=" + cache);
    }

    private static List<String> plus(List<String> options, String... others) {
        return Stream.concat(options.stream(), Stream.of(others)).toList();
    }

    private static void train(Stage stage, Service service) throws Exception {
        var owner = Map.of("x-rh-identity", Seed.identity("trainer"));
        var key = Map.of("x-rh-exports-psk", Service.PRE_SHARED_KEY);
        var request = Content.of(ApiLines.REQUEST.getBytes(StandardCharsets.UTF_8));
        var formats = List.of("json", "csv");
        for (var format : formats) {
            Transfer.upload(service.publicApi("/exports"), "POST", owner, request);
            var source = stage.seed().pending("trainer", format, 1).getFirst();
            Transfer.upload(service.upload(source), "POST", key, Content.ofBytes(format, 20_000));
            Transfer.read(service.publicApi("/exports/" + source.exportId() + "/status"), owner);
            Transfer.read(service.publicApi("/exports"), owner);
            Transfer.read(service.publicApi("/exports/" + source.exportId()), owner);
        }
        stage.seed().awaitEmptyOutbox();
    }

    /** {@code make aot}. */
    public static void main(String[] arguments) throws Exception {
        try (var stage = Stage.open()) {
            var image = build(stage);
            System.out.printf("java %s -jar %s%n", String.join(" ", image.options()), image.jar());
        }
        System.exit(0);
    }
}

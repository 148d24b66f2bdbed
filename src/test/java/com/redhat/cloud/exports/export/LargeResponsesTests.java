package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ReplicaProcess;
import com.redhat.cloud.exports.testing.TestServers;
import com.redhat.cloud.exports.testing.Together;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The largest responses there can be, requested by many clients at once from a service with 256 MiB of heap that would end at
 * an OutOfMemoryError. It goes on, and another tenant keeps getting its status.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LargeResponsesTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    @TempDir
    static Path directory;

    protected Api api;

    private ReplicaProcess replica;
    private JdbcClient database;
    private AtomicBoolean done;
    private CompletableFuture<List<Duration>> bystander;

    /** Options of the service's JVM besides those of {@link ReplicaProcess}. */
    protected List<String> jvmOptions() {
        return List.of();
    }

    /** How many clients there are for each of the short form. */
    protected int times() {
        return 1;
    }

    /** @param times how long each status of another tenant took meanwhile */
    protected void checkBystander(List<Duration> times) {
        assertThat(times).isNotEmpty();
    }

    @BeforeAll
    void start() throws Exception {
        // Other tests would have to read past hundreds of thousands of rows and events.
        String name = TestServers.createDatabase(getClass().getSimpleName().toLowerCase(Locale.ROOT));
        database = TestServers.database(name);
        replica = ReplicaProcess.startReady(
                directory,
                Map.of("PGSQL_DATABASE", name, "KAFKA_ANNOUNCE_TOPIC", name, "EXPORT_LIMIT_QUEUE_TIMEOUT", "20s"),
                jvmOptions());
        api = replica.api();
    }

    @AfterAll
    void end() {
        replica.close();
    }

    @BeforeEach
    void watch() {
        AtomicBoolean end = new AtomicBoolean();
        done = end;
        bystander = CompletableFuture.supplyAsync(() -> askUntil(end::get), Thread::startVirtualThread);
    }

    /** Asks for the status of a small export again and again, and returns how long each answer took. */
    protected List<Duration> askUntil(BooleanSupplier end) {
        Api.Export export = api.create("json", 1);
        List<Duration> times = new ArrayList<>();
        do {
            long start = System.nanoTime();
            assertThat(status(export).statusCode()).isEqualTo(200);
            times.add(Duration.ofNanos(System.nanoTime() - start));
        } while (!end.getAsBoolean());
        return times;
    }

    @AfterEach
    void anotherTenantIsServed() {
        done.set(true);
        List<Duration> times = bystander.join();
        assertThat(replica.isAlive()).isTrue();
        checkBystander(times);
    }

    /** Names with control characters are six times as long in JSON; they are refused, but older ones may be there. */
    @Test
    void lists() throws Exception {
        String org = "org-" + System.nanoTime();
        String identity = Api.identity(org, "someone");
        insertExports(org, 1000, 4096);

        assertServed(
                atOnce(16, _ -> send(request(identity, Api.EXPORTS + "?limit=1000"), BodyHandlers.discarding())), 200);
        Set<String> seen = new HashSet<>();
        for (String link = Api.EXPORTS + "?limit=1000"; link != null; ) {
            HttpResponse<byte[]> page = get(identity, link);
            assertThat(page.body()).hasSizeLessThan(5 * 1024 * 1024);
            JsonNode list = JSON.readTree(page.body());
            assertThat(list.at("/meta/count").asInt()).isEqualTo(1000);
            list.path("data")
                    .forEach(export ->
                            assertThat(seen.add(export.path("id").asText())).isTrue());
            link = list.at("/links/next").textValue();
        }
        assertThat(seen).hasSize(1000);
    }

    @Test
    void statusesWithLongMessagesOfOld() throws Exception {
        Api.Export export = api.create("json", 300);
        fail(export, "repeat('m', 1000000)");
        Api.Export many = api.create("json", 9999);
        fail(many, "repeat(U&'\\0001', 4096)");

        assertServed(List.of(status(export)), 200);
        assertServed(atOnce(24, i -> status(i % 2 == 0 ? export : many)), 200);
    }

    @Test
    void statusesOfManySources() throws Exception {
        Api.Export export = api.create("json", 9999);

        assertServed(atOnce(128, _ -> status(export)), 200);
        assertThat(JSON.readTree(get(export.identity(), statusPath(export)).body())
                        .path("sources"))
                .hasSize(9999);
    }

    @Test
    void creates() throws Exception {
        String source = "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",\"filters\":{\"a\":%d}}";
        String sources = "{\"format\":\"json\",\"sources\":[%s]}"
                .formatted(String.join(
                        ",",
                        IntStream.range(0, 9999).mapToObj(source::formatted).toList()));
        String filters = Api.request("json", source.replace("%d", "[" + objects(1_000_000) + "]"));
        String tenant = Api.someone();

        assertServed(atOnce(12, i -> create(i % 2 == 0 ? tenant : Api.someone(), i % 3 == 0 ? filters : sources)), 202);
    }

    @Tag("long")
    @Test
    void eventsWithLargeIdentities() throws Exception {
        String body = Api.request("json", 700);

        assertServed(
                atOnce(
                        24,
                        _ -> create(
                                Api.base64(
                                        "{\"identity\":{\"org_id\":\"o\",\"type\":\"User\",\"user\":{\"username\":\"u\"},\"x\":\"%s\"}}"
                                                .formatted("x".repeat(15_000))),
                                body)),
                202);
    }

    @Test
    void errors() throws Exception {
        Api.Export export = api.create("json", 40 * times());
        String body =
                "{\"message\":\"%s\",\"error\":1,\"more\":[%s]}".formatted("m".repeat(10_000), objects(1_000_000));

        assertServed(
                atOnce(
                        40,
                        i -> send(
                                HttpRequest.newBuilder(uri(api.internalPort, export.errorPath(i)))
                                        .header("x-rh-exports-psk", Api.KEY)
                                        .POST(BodyPublishers.ofString(body)),
                                BodyHandlers.discarding())),
                202);
    }

    /** Zips of many sources with filters: entries, manifest and README are in memory before the first byte is sent. */
    @Test
    void downloads() throws Exception {
        String source =
                "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",\"filters\":{\"a\":\"fffffff\"}}";
        String tenant = Api.someone();
        Api.Export export =
                api.create(tenant, Api.request("json", String.join(",", Collections.nCopies(9999, source))));
        api.upload(export, 0, "[1]").then().statusCode(202);
        database.sql("""
                        update sources s set status = 'complete', storage_key = first.storage_key, size = first.size,
                            deflated_size = first.deflated_size, crc32 = first.crc32, sha256 = first.sha256
                        from sources first
                        where first.id = :first::uuid and s.export_payload_id = :export::uuid and s.id <> :last::uuid""")
                .param("first", export.sources().getFirst())
                .param("last", export.sources().getLast())
                .param("export", export.id())
                .update();
        api.upload(export, 9998, "[1]").then().statusCode(202);
        String path = Api.EXPORTS + "/" + export.id();

        assertServed(
                atOnce(
                        24,
                        _ -> send(
                                request(tenant, path).method("HEAD", BodyPublishers.noBody()),
                                BodyHandlers.discarding())),
                200);
        assertServed(
                atOnce(8, _ -> send(request(tenant, path).header("Range", "bytes=0-99"), BodyHandlers.discarding())),
                206);
        assertServed(
                atOnce(
                        8,
                        _ -> send(
                                request(
                                        tenant,
                                        path + "/sources/" + export.sources().getFirst() + "/preview"),
                                BodyHandlers.discarding())),
                400);
    }

    private static String objects(int length) {
        return String.join(",", Collections.nCopies(length / 3, "{}"));
    }

    private void insertExports(String org, int number, int length) {
        database.sql("""
                        insert into export_payloads (id, created_at, expires, name, format, status, account_id,
                                                     organization_id, username)
                        select gen_random_uuid(), now() + i * interval '1 ms', now() + interval '1 day',
                               repeat(U&'\\0001', :length), 'json', 'pending', '', :org, 'someone'
                        from generate_series(1, :number) i""")
                .param("org", org)
                .param("number", number)
                .param("length", length)
                .update();
    }

    private void fail(Api.Export export, String message) {
        database.sql("""
                        update sources set status = 'failed', code = 1, message = %s
                        where export_payload_id = :id::uuid""".formatted(message)).param("id", export.id()).update();
    }

    private List<HttpResponse<?>> atOnce(int number, Asking asking) {
        List<Callable<HttpResponse<?>>> tasks = new ArrayList<>();
        for (int i = 0; i < number * times(); i++) {
            int request = i;
            tasks.add(() -> asking.ask(request));
        }
        return Together.call(tasks);
    }

    @FunctionalInterface
    private interface Asking {
        HttpResponse<?> ask(int number) throws Exception;
    }

    /** A request that waited too long is told when to try again. */
    private static void assertServed(List<HttpResponse<?>> answers, int status) {
        assertThat(answers).anyMatch(answer -> answer.statusCode() == status).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isIn(status, 429);
            if (answer.statusCode() == 429) {
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            }
        });
    }

    private HttpResponse<?> status(Api.Export export) {
        return send(request(export.identity(), statusPath(export)), BodyHandlers.discarding());
    }

    private static String statusPath(Api.Export export) {
        return Api.EXPORTS + "/" + export.id() + "/status";
    }

    private HttpResponse<byte[]> get(String identity, String path) {
        return send(request(identity, path), BodyHandlers.ofByteArray());
    }

    private HttpResponse<?> create(String identity, String body) {
        return send(request(identity, Api.EXPORTS).POST(BodyPublishers.ofString(body)), BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String identity, String path) {
        return HttpRequest.newBuilder(uri(api.publicPort, path)).header("x-rh-identity", identity);
    }

    private URI uri(int port, String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request.timeout(Duration.ofMinutes(2)).build(), body);
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package com.redhat.cloud.exports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.Bucket;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.services.s3.S3Client;

/** Concurrent results share statements and a transaction, and nothing else. */
@ServiceTest
class ConcurrentResultsTests {

    private static final int EXPORTS = 16;

    @Autowired
    Api api;

    @Autowired
    S3Client s3;

    @Autowired
    JdbcClient database;

    @Autowired
    PlatformTransactionManager transactions;

    /** Data, an error, each also twice, and data for unknown sources and exports. */
    @RepeatedTest(3)
    void eachSourceGetsItsOwnResult() {
        List<Api.Export> exports =
                IntStream.range(0, EXPORTS).mapToObj(_ -> api.create("json", 3)).toList();
        List<Callable<Integer>> results = new ArrayList<>();
        List<Callable<Integer>> again = new ArrayList<>();
        List<Callable<Integer>> unknown = new ArrayList<>();
        for (int number = 0; number < EXPORTS; number++) {
            Api.Export export = exports.get(number);
            String data = "[%d]".formatted(number);
            String error = "{\"message\":\"none for %1$d\",\"error\":%1$d}".formatted(number + 1);
            String source = UUID.randomUUID().toString();
            results.add(() -> api.upload(export, 0, data).statusCode());
            results.add(() -> api.upload(export, 1, data).statusCode());
            results.add(() -> api.error(export, 2, error).statusCode());
            again.add(() -> api.upload(export, 0, data).statusCode());
            again.add(() -> api.error(export, 2, error).statusCode());
            unknown.add(() -> api.upload(new Api.Export(export.identity(), export.id(), List.of(source)), 0, data)
                    .statusCode());
            unknown.add(() -> api.upload(new Api.Export(export.identity(), source, export.sources()), 0, data)
                    .statusCode());
        }
        List<Callable<Integer>> all = new ArrayList<>();
        List.of(results, again, unknown).forEach(all::addAll);

        List<Integer> statuses = Together.call(all);

        int good = results.size() + again.size();
        assertThat(statuses.subList(0, good)).containsOnly(202);
        assertThat(statuses.subList(good, all.size())).containsOnly(404);
        for (int number = 0; number < EXPORTS; number++) {
            Api.Export export = exports.get(number);
            var status = api.status(export).then().extract();
            assertThat(status.<String>path("status")).isEqualTo("partial");
            assertThat(status.<List<String>>path("sources.status")).containsExactly("complete", "complete", "failed");
            assertThat(status.<String>path("sources[2].message")).isEqualTo("none for " + (number + 1));
            assertThat(status.<Integer>path("sources[2].error")).isEqualTo(number + 1);
            Archive archive = Archive.of(api.download(export));
            for (String source : export.sources().subList(0, 2)) {
                assertThat(archive.text(source + ".json")).isEqualTo("[%d]".formatted(number));
            }
            await().until(() -> new Bucket(s3).objects(export).size() == 2);
        }
    }

    /** One source, many results: the first one counts. */
    @RepeatedTest(3)
    void ofManyResultsOneCounts() {
        Api.Export export = api.create("json", 1);

        List<Integer> statuses = Together.call(IntStream.range(0, EXPORTS)
                .<Callable<Integer>>mapToObj(number -> () -> (number % 4 == 0
                                ? api.error(export, 0, "{\"message\":\"no\",\"error\":%d}".formatted(number + 1))
                                : api.upload(export, 0, "[%d]".formatted(number)))
                        .statusCode())
                .toList());

        assertThat(statuses).containsOnlyOnce(202).containsOnly(202, 410);
        int first = statuses.indexOf(202);
        if (first % 4 == 0) {
            assertThat(api.status(export).<Integer>path("sources[0].error")).isEqualTo(first + 1);
        } else {
            assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".json"))
                    .isEqualTo("[%d]".formatted(first));
        }
        await().until(() -> new Bucket(s3).objects(export).size() == (first % 4 == 0 ? 0 : 1));
    }

    /** Exports locked by other sessions, such as one that hangs. */
    @Test
    void lockedExportsDelayNoOthers() {
        List<Api.Export> locked =
                IntStream.range(0, 4).mapToObj(_ -> api.create("json", 1)).toList();
        Api.Export other = api.create("json", 1);
        List<CompletableFuture<Integer>> waiting = new TransactionTemplate(transactions).execute(_ -> {
            List<CompletableFuture<Integer>> uploads = new ArrayList<>();
            for (Api.Export export : locked) {
                database.sql("select id from export_payloads where id = ?::uuid for update")
                        .param(export.id())
                        .query()
                        .singleValue();
                uploads.add(CompletableFuture.supplyAsync(
                        () -> api.upload(export, 0, "[1]").statusCode(), Thread::startVirtualThread));
            }
            await().until(() -> database.sql("""
                            select count(*) from pg_stat_activity
                            where wait_event_type = 'Lock' and query like '%export_payloads%'""").query(Integer.class).single() == 4);
            api.upload(other, 0, "[1]").then().statusCode(202);
            assertThat(uploads).noneMatch(CompletableFuture::isDone);
            return uploads;
        });
        assertThat(waiting).extracting(CompletableFuture::join).containsOnly(202);
    }
}

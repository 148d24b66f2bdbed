package com.redhat.cloud.exports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.Archive;
import com.redhat.cloud.exports.testing.Bucket;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.Together;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.services.s3.S3Client;

/** Of concurrent results each counts once. */
@ServiceTest
class RaceTests {

    private static final int TIMES = 8;
    private static final String ERROR = "{\"message\":\"no\",\"error\":7}";
    private static final Executor THREADS = Thread::startVirtualThread;

    @Autowired
    Api api;

    @Autowired
    S3Client s3;

    @Autowired
    JdbcClient database;

    @Autowired
    PlatformTransactionManager transactions;

    @RepeatedTest(TIMES)
    void ofTwoUploadsOneWins() {
        Api.Export export = api.create("json", 1);
        List<String> bodies = List.of("[\"first\"]", "[\"second\"]");
        List<Integer> statuses = Together.call(
                () -> api.upload(export, 0, bodies.getFirst()).statusCode(),
                () -> api.upload(export, 0, bodies.getLast()).statusCode());
        assertThat(statuses).containsExactlyInAnyOrder(202, 410);
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".json"))
                .isEqualTo(bodies.get(statuses.indexOf(202)));
        await().until(() -> new Bucket(s3).objects(export).size() == 1);
    }

    @RepeatedTest(TIMES)
    void twoEqualUploadsAreBothAccepted() {
        Api.Export export = api.create("json", 1);
        assertThat(Together.call(
                        () -> api.upload(export, 0, "[1]").statusCode(),
                        () -> api.upload(export, 0, "[1]").statusCode()))
                .containsOnly(202);
        await().until(() -> new Bucket(s3).objects(export).size() == 1);
        assertThat(Archive.of(api.download(export)).text(export.sources().getFirst() + ".json"))
                .isEqualTo("[1]");
    }

    @RepeatedTest(TIMES)
    void twoEqualErrorsAreBothAccepted() {
        Api.Export export = api.create("json", 1);
        assertThat(Together.call(
                        () -> api.error(export, 0, ERROR).statusCode(),
                        () -> api.error(export, 0, ERROR).statusCode()))
                .containsOnly(202);
    }

    @RepeatedTest(TIMES)
    void ofAnUploadAndAnErrorOneWins() {
        Api.Export export = api.create("json", 1);
        List<Integer> statuses = Together.call(
                () -> api.upload(export, 0, "[1]").statusCode(),
                () -> api.error(export, 0, ERROR).statusCode());
        assertThat(statuses).containsExactlyInAnyOrder(202, 410);
        boolean delivered = statuses.getFirst() == 202;
        api.status(export).then().body("status", equalTo(delivered ? "complete" : "failed"));
        await().until(() -> new Bucket(s3).objects(export).size() == (delivered ? 1 : 0));
    }

    @RepeatedTest(TIMES)
    void anUploadOfADeletedExportLeavesNothing() {
        Api.Export export = api.create("json", 2);
        List<Integer> statuses = Together.call(
                () -> api.upload(export, 0, "[1]").statusCode(),
                () -> api.upload(export, 1, "[2]").statusCode(),
                () -> api.delete(export).statusCode());
        assertThat(statuses.getLast()).isEqualTo(200);
        assertThat(statuses.subList(0, 2)).isSubsetOf(202, 404, 410);
        requireNothingLeft(export);
        api.upload(export, 0, "[1]").then().statusCode(404);
    }

    /** The worst order: the delete has begun when the result is recorded. */
    @Test
    void aDeleteThatWaitsForAResultDeletesItsObject() {
        Api.Export export = api.create("json", 1);
        List<CompletableFuture<Integer>> requests = new TransactionTemplate(transactions).execute(status -> {
            database.sql("select id from export_payloads where id = ?::uuid for update")
                    .param(export.id())
                    .query()
                    .singleValue();
            var upload = CompletableFuture.supplyAsync(
                    () -> api.upload(export, 0, "[1]").statusCode(), THREADS);
            awaitWaiting(1);
            var delete = CompletableFuture.supplyAsync(() -> api.delete(export).statusCode(), THREADS);
            awaitWaiting(2);
            return List.of(upload, delete);
        });
        assertThat(requests).extracting(CompletableFuture::join).containsExactly(202, 200);
        requireNothingLeft(export);
    }

    private void awaitWaiting(int sessions) {
        await().until(() -> database.sql("""
                                select count(*) from pg_stat_activity
                                where wait_event_type = 'Lock' and query like '%export_payloads%'""").query(Integer.class).single() == sessions);
    }

    private void requireNothingLeft(Api.Export export) {
        await().until(() -> new Bucket(s3).objects(export).isEmpty()
                && database.sql("select count(*) from pending_deletions where storage_key like ?")
                                .param("%" + export.id() + "%")
                                .query(Integer.class)
                                .single()
                        == 0);
    }

    @RepeatedTest(TIMES)
    void concurrentResultsFinishTheExport() {
        Api.Export export = api.create("csv", 6);
        List<Integer> statuses = Together.call(
                IntStream.range(0, 6).mapToObj(source -> result(export, source)).toList());
        assertThat(statuses).containsOnly(202);
        api.status(export).then().body("status", equalTo("partial"));
        assertThat(Archive.of(api.download(export)).files()).hasSize(7);
    }

    private Callable<Integer> result(Api.Export export, int source) {
        return () -> (source == 3 ? api.error(export, source, ERROR) : api.upload(export, source, "a," + source))
                .statusCode();
    }

    @RepeatedTest(TIMES)
    void theLastTwoResultsFinishTheExportOnce() {
        Api.Export export = api.create("json", 2);
        assertThat(Together.call(
                        () -> api.upload(export, 0, "[1]").statusCode(),
                        () -> api.upload(export, 1, "[2]").statusCode()))
                .containsOnly(202);
        String completedAt = api.status(export).path("completed_at");
        assertThat(completedAt).isNotNull();
        api.status(export).then().body("status", equalTo("complete"));
        Stream.of(0, 1).forEach(source -> api.upload(export, source, "[" + (source + 1) + "]"));
        api.status(export).then().body("completed_at", equalTo(completedAt));
    }
}

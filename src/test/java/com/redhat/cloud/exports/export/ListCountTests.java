package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.redhat.cloud.exports.platform.database.SqlFile;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.redhat.cloud.exports.testing.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The count of a list is exact at any time, whatever happens to the exports. */
@ServiceTest
class ListCountTests {

    private static final String MERGE = SqlFile.read("export/merge-counts");
    private static final String ERROR = "{\"message\":\"no\",\"error\":1}";
    private static final String INVENTORY = """
            {"application":"urn:redhat:application:inventory","resource":"urn:redhat:application:inventory:export:systems"}""";
    private static final String EXAMPLE = """
            {"application":"exampleApp","resource":"exampleResource"}""";

    @Autowired
    Api api;

    @Autowired
    JdbcClient database;

    @Autowired
    PlatformTransactionManager transactions;

    private final String identity = Api.someone();

    private Counts counts() {
        return new Counts(api, identity);
    }

    private void requireExact(int all) {
        assertThat(counts().all()).isEqualTo(all);
        counts().requireExact();
        database.sql(MERGE).update();
        counts().requireExact();
        assertThat(counts().all()).isEqualTo(all);
    }

    @Test
    void itFollowsAnExportFromItsCreationToItsEnd() {
        requireExact(0);
        Api.Export complete = api.create(identity, Api.request("json", 2));
        Api.Export partial = api.create(identity, Api.request("json", 2));
        Api.Export failed = api.create(identity, Api.request("json", 1));
        Api.Export mixed = api.create(identity, Api.request("json", INVENTORY + "," + EXAMPLE + "," + INVENTORY));
        api.create(identity, Api.request("json", INVENTORY));
        requireExact(5);
        assertThat(api.list(identity, "?status=pending&application=urn:redhat:application:inventory&limit=1")
                        .<Integer>path("meta.count"))
                .isEqualTo(2);

        api.upload(complete, 0, "[1]").then().statusCode(202);
        api.upload(partial, 0, "[1]").then().statusCode(202);
        requireExact(5);
        api.upload(complete, 1, "[1]").then().statusCode(202);
        api.error(partial, 1, ERROR).then().statusCode(202);
        api.error(failed, 0, ERROR).then().statusCode(202);
        api.error(mixed, 1, ERROR).then().statusCode(202);
        requireExact(5);
        assertThat(api.list(identity, "?status=partial").<Integer>path("meta.count"))
                .isEqualTo(1);

        for (Api.Export export : List.of(complete, mixed)) {
            api.delete(export).then().statusCode(200);
        }
        requireExact(3);
        // Counts of zero are removed.
        awaitMerged(3);
    }

    @Test
    void anExportIsNotCountedFromItsExpiryOn() {
        api.create(identity, Api.request("json", 1));
        String expires = Instant.now().plusSeconds(2).toString();
        Api.Export export = api.create(
                identity, Api.request("json", 1).replace("{\"name\"", "{\"expires_at\":\"" + expires + "\",\"name\""));
        assertThat(counts().all()).isEqualTo(2);
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            // The deletion skips locked rows.
            database.sql("select id from export_payloads where id = ?::uuid for update")
                    .param(export.id())
                    .query()
                    .singleRow();
            await().pollInterval(Duration.ofMillis(20)).until(() -> counts().all() == 1);
            counts().requireExact();
            assertThat(isStored(export)).isTrue();
        });
        await().until(() -> !isStored(export));
        requireExact(1);
    }

    @RepeatedTest(3)
    void itIsExactUnderConcurrentChangesAndMerges() {
        api.create(identity, Api.request("json", 1));
        int writers = 3;
        AtomicInteger atWork = new AtomicInteger(writers);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            tasks.add(() -> {
                try {
                    return write();
                } finally {
                    atWork.decrementAndGet();
                }
            });
        }
        for (int merger = 0; merger < 2; merger++) {
            tasks.add(() -> {
                while (atWork.get() > 0) {
                    database.sql(MERGE).update();
                }
                return 0;
            });
        }
        tasks.add(() -> {
            while (atWork.get() > 0) {
                counts().requireExact("?limit=1000");
                counts().requireExact("?limit=1000&status=failed&application=exampleApp&dir=desc");
            }
            return 0;
        });
        int kept = Together.call(tasks).stream().mapToInt(Integer::intValue).sum();
        requireExact(1 + kept);
        awaitMerged(2);
    }

    /** @return how many exports it leaves */
    private int write() {
        int kept = 0;
        for (int i = 0; i < 12; i++) {
            Api.Export export = api.create(identity, Api.request("json", 1));
            if (i % 3 > 0) {
                api.error(export, 0, ERROR).then().statusCode(202);
            }
            if (i % 3 > 1) {
                api.delete(export).then().statusCode(200);
            } else {
                kept++;
            }
        }
        return kept;
    }

    private boolean isStored(Api.Export export) {
        return database.sql("select exists (select from export_payloads where id = ?::uuid)")
                .param(export.id())
                .query(Boolean.class)
                .single();
    }

    /** Two concurrent merges may leave two sums of the same key; the next merge that finds something joins them. */
    private void awaitMerged(int sums) {
        await().until(() -> {
            Api.Export export = api.create(identity, Api.request("json", 1));
            String organisation = database.sql("select organization_id from export_payloads where id = ?::uuid")
                    .param(export.id())
                    .query(String.class)
                    .single();
            api.delete(export).then().statusCode(200);
            database.sql(MERGE).update();
            return database.sql("select count(*) from export_counts where organization_id = ?")
                            .param(organisation)
                            .query(Integer.class)
                            .single()
                    == sums;
        });
    }
}

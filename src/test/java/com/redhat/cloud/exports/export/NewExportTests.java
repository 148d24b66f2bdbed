package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.identity.Tenant;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class NewExportTests {

    /** Some sort differently by bytes than by Java's characters. */
    private static final List<String> NAMES =
            List.of("\"quoted\"", "\\", "a,b", "{}", "null", " ", "NULL", "\ud83d\ude00", "\uffee");

    @Autowired
    JdbcClient database;

    /** Otherwise a delete, counted by the database, would never cancel out the count of the create. */
    @Test
    void applicationsAreTheArrayThatPostgresqlWouldBuild() {
        List<NewExport.Source> sources = NAMES.stream()
                .map(name -> new NewExport.Source(UUID.randomUUID(), name, "resource", null, null, "{}"))
                .toList();
        NewExport export = new NewExport(
                UUID.randomUUID(),
                Instant.now(),
                Instant.now(),
                "name",
                ExportFormat.JSON,
                sources,
                new Tenant("", "org", "user"),
                "identity",
                "request");

        assertThat(database.sql("""
                                select (:texts::text[])[1]::text[]
                                    = array(select name collate "C" from unnest(:names::text[]) name order by 1)""")
                        .param("texts", NewExport.parameters(List.of(export)).get("distinctApplications"))
                        .param("names", NAMES.toArray(String[]::new))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }
}

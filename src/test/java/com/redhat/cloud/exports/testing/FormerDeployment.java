package com.redhat.cloud.exports.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.redhat.cloud.exports.servers.LocalServers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What the former service leaves behind: a database with its schema, and objects. */
public record FormerDeployment(JdbcClient database) {

    public static final String ORG = "former-org";
    public static final String USER = "alice";

    /** Creates the database. */
    public static FormerDeployment create(String name) {
        FormerDeployment deployment = new FormerDeployment(TestServers.database(TestServers.createDatabase(name)));
        deployment.database.sql(schema()).update();
        return deployment;
    }

    private static String schema() {
        try (InputStream file = FormerDeployment.class.getResourceAsStream("/former-service/schema.sql")) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An export whose id, and whose sources' ids, follow from its name. Its complete sources have data in the bucket. */
    public record Export(
            String name,
            String status,
            String expires,
            @Nullable String account,
            List<String> sources) {

        public static Export of(String name, String status, String... sources) {
            return new Export(name, status, "1 day", "", List.of(sources));
        }

        public Export expiring(String fromNow) {
            return new Export(name, status, fromNow, account, sources);
        }

        public Export ofAccount(@Nullable String number) {
            return new Export(name, status, expires, number, sources);
        }

        public UUID id() {
            return uuid(name);
        }

        public UUID source(int number) {
            return uuid(name + number);
        }

        public String rawKey(int source) {
            return "%s/%s/%s.json".formatted(ORG, id(), source(source));
        }

        /** What an application has uploaded; not JSON, which the former service did not require. */
        public String data(int source) {
            return "{data of %s %d".formatted(name, source);
        }

        public boolean hasZip() {
            return status.equals("complete") || status.equals("partial");
        }

        public String zipName() {
            return "2026-01-02T03:04:05Z-%s.zip".formatted(id());
        }

        public String zipKey() {
            return ORG + "/" + zipName();
        }

        /** The bytes of the zip; no test opens it. */
        public String zip() {
            return "the zip of " + name;
        }

        /** The export as a client sees it. */
        public Api.Export asUser() {
            return new Api.Export(
                    Api.identity(ORG, USER),
                    id().toString(),
                    IntStream.range(0, sources.size())
                            .mapToObj(number -> source(number).toString())
                            .toList());
        }

        private static UUID uuid(String name) {
            return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
        }
    }

    /** Rows and objects as the former service writes them. */
    public void hold(S3Client s3, Export export) {
        database.sql("""
                        insert into export_payloads
                        values (:id, '2026-01-02T03:00:00.123456Z', '2026-01-02T03:00:00Z', :completed::timestamptz,
                                now() + :expires::interval, 'request', :name, 'json', :status, :key, :account, :org,
                                :user)""")
                .param("id", export.id())
                .param("completed", export.hasZip() ? "2026-01-02T03:04:05.9Z" : null)
                .param("expires", export.expires())
                .param("name", export.name())
                .param("status", export.status())
                .param("key", export.hasZip() ? export.zipKey() : "")
                .param("account", export.account())
                .param("org", ORG)
                .param("user", USER)
                .update();
        if (export.hasZip()) {
            put(s3, export.zipKey(), export.zip());
        }
        for (int number = 0; number < export.sources().size(); number++) {
            holdSource(s3, export, number);
        }
    }

    public void holdSource(S3Client s3, Export export, int number) {
        String status = export.sources().get(number);
        boolean failed = status.equals("failed");
        database.sql("""
                        insert into sources (id, export_payload_id, application, status, resource, filters, code, message)
                        values (:id, :export, 'exampleApp', :status, 'exampleResource', '{"a": 1, "b, c": "d: \\\"e\\\", f", "list": [1, 2]}', :code, :message)""")
                .param("id", export.source(number))
                .param("export", export.id())
                .param("status", status)
                .param("code", failed ? 404 : null)
                .param("message", failed ? "no such thing" : null)
                .update();
        if (status.equals("complete") || status.equals("success")) {
            put(s3, export.rawKey(number), export.data(number));
        }
    }

    private static void put(S3Client s3, String key, String content) {
        s3.putObject(request -> request.bucket(LocalServers.BUCKET).key(key), RequestBody.fromString(content));
    }
}

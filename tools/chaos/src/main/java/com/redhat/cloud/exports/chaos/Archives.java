package com.redhat.cloud.exports.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Downloads zips, in as many pieces as the network allows, and compares them byte by byte with what was sent. */
final class Archives {

    private static final int MAX_PIECES = 20;

    private final Clients clients;
    private final Sources sources;
    private final Ledger ledger;

    Archives(Clients clients, Sources sources, Ledger ledger) {
        this.clients = clients;
        this.sources = sources;
        this.ledger = ledger;
    }

    /**
     * Resumes where the connection broke, if the zip is still the same.
     *
     * @return null if it could not be downloaded
     */
    byte @Nullable [] download(UUID exportId, int tenant) throws InterruptedException {
        var received = new ByteArrayOutputStream();
        String etag = null;
        for (int piece = 0; piece < MAX_PIECES && !clients.isEnded(); piece++) {
            Map<String, String> headers = received.size() == 0 || etag == null
                    ? Map.of()
                    : Map.of("Range", "bytes=%d-".formatted(received.size()), "If-Range", etag);
            var reply = clients.user("GET", "/exports/" + exportId, tenant, headers, null);
            if (reply == null || reply.status() >= 500) {
                Clients.pause(piece);
                continue;
            }
            if (reply.status() == 200) {
                received.reset();
            } else if (reply.status() == 206) {
                ledger.count("downloads that were resumed");
            } else {
                return null;
            }
            received.writeBytes(reply.body());
            etag = reply.etag();
            if (reply.complete()) {
                return received.toByteArray();
            }
        }
        return null;
    }

    /** @param status final status of the export */
    void verify(UUID exportId, JsonNode status, byte[] zip) throws IOException {
        var entries = entries(zip);
        var manifest = Clients.JSON.readTree(entries.getOrDefault("meta.json", new byte[0]));
        var expected = new HashSet<>(java.util.Set.of("meta.json", "README.md"));
        var format = status.get("format").textValue();
        for (var source : status.get("sources")) {
            var id = UUID.fromString(source.get("id").textValue());
            var name = id + "." + format;
            if (source.get("status").textValue().equals("complete")) {
                expected.add(name);
                verifyEntry(id, name, entries.get(name), manifest);
            } else if (!names(manifest, "failed_files").contains(name)) {
                ledger.violation("failed source %s is not in the manifest of %s".formatted(id, exportId));
            }
        }
        if (!entries.keySet().equals(expected)) {
            ledger.violation(
                    "archive of %s has the entries %s, not %s".formatted(exportId, entries.keySet(), expected));
        }
        ledger.count("downloads verified");
        ledger.add("bytes of archives", zip.length);
    }

    private void verifyEntry(UUID sourceId, String name, byte @Nullable [] content, JsonNode manifest) {
        if (content == null) {
            ledger.violation("the archive lacks " + name);
            return;
        }
        var known = sources.get(sourceId);
        if (known == null
                || known.candidates().stream().noneMatch(payload -> Arrays.equals(payload.bytes(), content))) {
            ledger.violation("entry %s, %d bytes, is not what anybody sent".formatted(name, content.length));
        }
        var sha256 = "";
        for (var file : manifest.path("file_meta")) {
            sha256 = file.path("filename").asText().equals(name)
                    ? file.path("sha256").asText()
                    : sha256;
        }
        if (!sha256.equals(Payload.sha256(content))) {
            ledger.violation("the manifest's SHA-256 of %s is not that of the entry".formatted(name));
        }
        ledger.count("entries compared");
    }

    private static java.util.Set<String> names(JsonNode manifest, String list) {
        var names = new HashSet<String>();
        manifest.path(list).forEach(file -> names.add(file.path("filename").asText()));
        return names;
    }

    private Map<String, byte[]> entries(byte[] zip) throws IOException {
        var entries = new HashMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entries.put(entry.getName(), in.readAllBytes()) != null) {
                    ledger.violation("an archive has %s twice".formatted(entry.getName()));
                }
            }
        }
        return entries;
    }
}

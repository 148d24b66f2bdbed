package com.redhat.cloud.exports.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A downloaded archive: its files by name, in their order. */
public record Archive(Map<String, byte[]> files) {

    /** The test fails if it is no archive. */
    public static Archive of(Response download) {
        download.then().statusCode(200);
        return of(download.asByteArray());
    }

    public static Archive of(byte[] zip) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Archive(files);
    }

    public String text(String file) {
        return new String(files.get(file), UTF_8);
    }

    public JsonNode manifest() {
        try {
            return new JsonMapper().readTree(files.get("meta.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

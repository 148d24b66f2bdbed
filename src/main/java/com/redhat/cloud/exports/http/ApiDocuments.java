package com.redhat.cloud.exports.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Component;

/** The contract's documents as the service publishes them: the files that the routes are built from, as JSON. */
@Component("apiDocuments")
public class ApiDocuments {

    private final byte[] publicApi = json("/openapi.yaml");
    private final byte[] internalApi = json("/openapi-internal.yaml");

    byte[] publicApi() {
        return publicApi;
    }

    byte[] internalApi() {
        return internalApi;
    }

    private static byte[] json(String file) {
        ObjectMapper json = new JsonMapper();
        try (InputStream yaml = ApiDocuments.class.getResourceAsStream(file)) {
            return json.writeValueAsBytes(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

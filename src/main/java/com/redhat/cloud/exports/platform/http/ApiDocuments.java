package com.redhat.cloud.exports.platform.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Publishes as JSON the OpenAPI documents that the routes are built from. Converted on first use, to keep the start short. */
@Component("apiDocuments")
public class ApiDocuments {

    private final Supplier<byte[]> publicApi = SingletonSupplier.of(() -> json("/openapi.yaml"));
    private final Supplier<byte[]> internalApi = SingletonSupplier.of(() -> json("/openapi-internal.yaml"));

    byte[] publicApi() {
        return publicApi.get();
    }

    byte[] internalApi() {
        return internalApi.get();
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

package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The parameters of {@code GET /exports}, decoded: lines of name, equals sign, value. */
public final class ListQueryFuzzer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ListQueryFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Map<String, List<String>> parameters = new TreeMap<>();
        new String(input, StandardCharsets.UTF_8).lines().forEach(line -> {
            int equals = line.indexOf('=');
            parameters
                    .computeIfAbsent(equals < 0 ? line : line.substring(0, equals), name -> new ArrayList<>())
                    .add(line.substring(equals + 1));
        });
        try {
            var query = ListQuery.parse(parameters, 1_000);
            assertThat(query.limit()).isNotNegative();
            assertThat(query.offset()).isNotNegative();
            var links = JSON.readTree(query.links(input.length, query.limit()));
            assertThat(links.get("first").textValue()).startsWith("/api/export/v1/exports?");
        } catch (ServiceException refused) {
            assertThat(refused.kind()).isEqualTo(ServiceException.Kind.INVALID);
            assertThat(refused.getMessage()).isNotBlank();
        } catch (JsonProcessingException e) {
            throw new AssertionError("the links are not JSON", e);
        }
    }
}

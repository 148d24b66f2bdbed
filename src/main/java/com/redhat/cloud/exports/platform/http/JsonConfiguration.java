package com.redhat.cloud.exports.platform.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The JSON mapper of the routes' {@code unmarshal} and {@code marshal} steps. */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

    /** Reads exactly one JSON value within the limits, and keeps numbers as they were written. */
    @Bean
    ObjectMapper apiJson(ExportProperties properties) {
        JsonFactory factory = JsonFactory.builder()
                // The default pools buffers per thread, and each request has a new thread.
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(properties.limits().maxJsonDepth())
                        .maxStringLength(properties.limits().maxTextLength())
                        .maxNameLength(properties.limits().maxTextLength())
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .build();
    }
}

package com.redhat.cloud.exports.platform.config;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Settings whose value is JSON. */
public final class JsonSettings {

    private JsonSettings() {}

    /**
     * Returns a mapper for which text after the value is a mistake, and so is a name that stands twice: the first would
     * silently be lost.
     */
    public static JsonMapper.Builder mapper() {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }
}

package com.redhat.cloud.exports.platform.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.platform.config.Settings;
import java.util.Map;

/** The mapper by which the routes read requests, without the routes. */
public final class ApiJson {

    private ApiJson() {}

    public static ObjectMapper mapper() {
        return new JsonConfiguration().apiJson(Settings.of(Map.of()));
    }
}

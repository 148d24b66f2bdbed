package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.redhat.cloud.exports.config.ExportProperties;
import com.redhat.cloud.exports.config.InvalidSettingException;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The applications that this service exports, and their resources; case counts. */
@Component
public class EnabledApplications {

    private static final Map<String, Set<String>> EXAMPLE =
            Map.of("exampleApp", Set.of("exampleResource", "anotherExampleResource"));

    private final Map<String, Set<String>> resources;

    EnabledApplications(ExportProperties properties) {
        this.resources = parse(properties.enabledApplications());
    }

    boolean contains(String application, String resource) {
        return resources.getOrDefault(application, Set.of()).contains(resource);
    }

    /** Whether the application has any resource here; keeps metric labels bounded. */
    public boolean contains(String application) {
        return resources.containsKey(application);
    }

    private static Map<String, Set<String>> parse(String setting) {
        if (setting.isBlank()) {
            return EXAMPLE;
        }
        try {
            return new ObjectMapper().readValue(setting, new TypeReference<Map<String, Set<String>>>() {});
        } catch (JsonProcessingException e) {
            throw InvalidSettingException.of(
                    "EXPORT_ENABLE_APPS",
                    "must be a JSON object of application to list of resources, like {\"app\":[\"resource\"]}");
        }
    }
}

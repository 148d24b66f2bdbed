package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.config.JsonSettings;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The applications that this service exports, and their resources. Case-sensitive. */
@Component
public class EnabledApplications {

    private static final JsonMapper JSON = JsonSettings.mapper()
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private static final Map<String, Set<String>> EXAMPLE =
            Map.of("exampleApp", Set.of("exampleResource", "anotherExampleResource"));

    private final Map<String, Set<String>> resources;

    EnabledApplications(ExportProperties properties) {
        this.resources = parse(properties.enabledApplications());
    }

    boolean contains(String application, String resource) {
        return resources.getOrDefault(application, Set.of()).contains(resource);
    }

    /** Whether the application has any resource here. Bounds metric labels. */
    public boolean contains(String application) {
        return resources.containsKey(application);
    }

    private static Map<String, Set<String>> parse(String setting) {
        if (setting.isBlank()) {
            return EXAMPLE;
        }
        try {
            Map<String, Set<String>> applications = JSON.readValue(setting, new TypeReference<>() {});
            if (applications != null) {
                return applications;
            }
        } catch (JsonProcessingException e) {
            throw malformed(e.getOriginalMessage());
        }
        throw malformed("it is null");
    }

    private static InvalidSettingException malformed(String reason) {
        return InvalidSettingException.of(
                "EXPORT_ENABLE_APPS",
                "must be a JSON object of application to list of resources, like {\"app\":[\"resource\"]}: " + reason);
    }
}

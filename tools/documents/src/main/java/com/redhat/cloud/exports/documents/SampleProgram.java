package com.redhat.cloud.exports.documents;

import com.redhat.cloud.exports.routes.ClassPathSurroundings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The program of the routes in {@code sample/reports.camel.yaml}. */
final class SampleProgram extends ClassPathSurroundings {

    private static final Map<String, Class<?>> BEANS = Map.of("reports", Reports.class, "identities", Identities.class);
    private static final Set<String> SETTINGS = Set.of("reports.period");

    interface Reports {
        String list();
    }

    interface Identities {
        void read();
    }

    SampleProgram() {
        super(Path.of(""));
    }

    @Override
    public Optional<Set<String>> beans() {
        return Optional.of(BEANS.keySet());
    }

    @Override
    public Optional<Class<?>> typeOf(String bean) {
        return Optional.ofNullable(BEANS.get(bean));
    }

    @Override
    public Optional<Set<String>> routeConfigurations() {
        return Optional.empty();
    }

    @Override
    public Optional<Set<String>> settings() {
        return Optional.of(SETTINGS);
    }

    @Override
    public boolean hasSetting(String key) {
        return SETTINGS.contains(key);
    }
}

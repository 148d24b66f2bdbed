package com.redhat.cloud.exports.platform.config;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Validates all settings before anything is opened. A driver with a wrong address does not say which variable it came from,
 * or waits for a server that will never be there.
 */
final class SettingsCheck implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Binder.get(environment).bind("export", ExportProperties.class);
    }
}

package com.redhat.cloud.exports.routes;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Loads and watches the route files of any application that has this module on its class path. */
@AutoConfiguration(before = CamelAutoConfiguration.class)
@EnableConfigurationProperties(RouteSettings.class)
class RouteReloadConfiguration {

    @Bean
    RouteFilesCollector routesCollector(RouteSettings settings, ApplicationContext context) throws IOException {
        return new RouteFilesCollector(context, new RouteFolder(Path.of(settings.directory())).read());
    }

    @Bean
    RouteReloader routeReloader(
            RouteSettings settings,
            RouteFilesCollector collector,
            CamelContext camel,
            ListableBeanFactory beans,
            Environment environment,
            MeterRegistry meters) {
        return new RouteReloader(settings, collector.files(), camel, beans, environment, new ReloadMetrics(meters));
    }
}

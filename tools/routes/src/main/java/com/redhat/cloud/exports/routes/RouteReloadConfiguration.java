package com.redhat.cloud.exports.routes;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Watches the route files of any application that has this module on its class path. */
@AutoConfiguration
@EnableConfigurationProperties(RouteSettings.class)
class RouteReloadConfiguration {

    @Bean
    RouteReloader routeReloader(
            RouteSettings settings,
            CamelContext camel,
            ListableBeanFactory beans,
            Environment environment,
            MeterRegistry meters) {
        return new RouteReloader(settings, camel, beans, environment, new ReloadMetrics(meters));
    }
}

package com.redhat.cloud.exports;

import com.redhat.cloud.exports.export.EnabledApplications;
import com.redhat.cloud.exports.identity.PreSharedKeys;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.observation.web.servlet.WebMvcObservationAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/**
 * The service. What the container refuses is answered by a valve of ours and not by Spring Boot's pages, and requests are
 * counted once, under the names that dashboards know.
 */
@SpringBootApplication(exclude = {ErrorMvcAutoConfiguration.class, WebMvcObservationAutoConfiguration.class})
@ConfigurationPropertiesScan
public class ExportServiceApplication {

    public static void main(String[] args) {
        SpringApplication.run(ExportServiceApplication.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Takes part in nothing: it has the settings read, and refused if need be, before the database is waited for. */
    @Bean
    FlywayConfigurationCustomizer settingsComeFirst(PreSharedKeys keys, EnabledApplications applications) {
        return configuration -> {};
    }
}

package com.redhat.cloud.exports;

import com.redhat.cloud.exports.platform.database.DatabaseConfiguration;
import com.redhat.cloud.exports.platform.health.OutOfMemoryExit;
import com.redhat.cloud.exports.platform.health.OutOfMemoryLogFilter;
import com.redhat.cloud.exports.routes.RouteCheckCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.metrics.web.tomcat.TomcatMetricsAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.observation.web.servlet.WebMvcObservationAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.autoconfigure.dao.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.core.SpringProperties;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import sun.misc.Signal;

/**
 * The service. Its two ports are served by a servlet of our own, which calls the routes without Spring MVC, counts requests
 * under the names that dashboards know, and needs no error pages. Only the management port has Spring MVC, in a context of
 * its own.
 *
 * <p>The other exclusions save a tenth of the start: the search of all beans for transaction annotations, where ours begin
 * in code, and the management beans for Tomcat's sessions, of which there are none.
 */
@SpringBootApplication(
        exclude = {
            DispatcherServletAutoConfiguration.class,
            WebMvcAutoConfiguration.class,
            ErrorMvcAutoConfiguration.class,
            WebMvcObservationAutoConfiguration.class,
            TomcatMetricsAutoConfiguration.class,
            AopAutoConfiguration.class,
            TransactionAutoConfiguration.class,
            PersistenceExceptionTranslationAutoConfiguration.class
        })
@ConfigurationPropertiesScan
public class ExportServiceApplication {

    public static void main(String[] args) throws IOException {
        switch (Command.of(args)) {
            case SERVE -> {
                // SIGTERM is the usual end of this service, not a failure; the JVM itself would exit with 143.
                Signal.handle(new Signal("TERM"), _ -> System.exit(0));
                OutOfMemoryExit.install();
                var service = new SpringApplication(ExportServiceApplication.class);
                service.addInitializers(context -> OutOfMemoryLogFilter.install());
                service.run(args);
            }
            case MIGRATE -> migrate(args);
            case MIGRATE_BACK ->
                end(
                        2,
                        "No downgrade is needed: the former service works on the database as it is (docs/migration.md).");
            case CLEAN -> end(0, "Nothing to do: the service itself deletes what has expired.");
            case CHECK_ROUTES -> checkRoutes(Command.words(args));
            case UNKNOWN ->
                end(
                        2,
                        "Unknown arguments: " + String.join(" ", args)
                                + ". Allowed are: api_server (or nothing), migrate_db upgrade,"
                                + " expired_export_cleaner, and options like --PUBLIC_PORT=8000.");
        }
    }

    private static void checkRoutes(List<String> words) throws IOException {
        String configured =
                Optional.ofNullable(System.getenv("EXPORT_ROUTES_DIRECTORY")).orElse("routes");
        Path folder = Path.of(words.size() == 2 ? words.getLast() : configured);
        System.exit(RouteCheckCommand.run(ExportServiceApplication.class, folder, System.out));
    }

    private static void migrate(String[] args) {
        // Generated bean code, where there is any, is for the whole service.
        SpringProperties.setProperty(AotDetector.AOT_ENABLED, "false");
        var migration = new SpringApplication(Migration.class);
        migration.setWebApplicationType(WebApplicationType.NONE);
        migration.run(args).close();
    }

    /** Only what migrates the database. */
    @ImportAutoConfiguration(FlywayAutoConfiguration.class)
    @Import(DatabaseConfiguration.class)
    static final class Migration {}

    private static void end(int status, String message) {
        (status == 0 ? System.out : System.err).println(message);
        System.exit(status);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    TransactionOperations transactions(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    /** Has wrong settings refused before the start waits for the database. */
    @Bean
    @DependsOn({"preSharedKeys", "enabledApplications", "compression"})
    FlywayConfigurationCustomizer settingsComeFirst() {
        return configuration -> {};
    }
}

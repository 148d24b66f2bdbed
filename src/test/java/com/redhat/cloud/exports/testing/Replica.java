package com.redhat.cloud.exports.testing;

import com.redhat.cloud.exports.ExportServiceApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ConfigurableApplicationContext;

/** One more service on the same servers, with the settings of {@link ServiceTest} and ports of its own. */
public final class Replica implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    /** @param settings further ones, {@code NAME=value}; the last of a name counts */
    public Replica(String... settings) {
        this.context = new SpringApplicationBuilder(ExportServiceApplication.class)
                .initializers(
                        new TestServers.Initializer(),
                        context -> TestPropertyValues.of(settings).applyTo(context))
                .properties(
                        ServiceTest.class.getAnnotation(SpringBootTest.class).properties())
                .run();
    }

    public Api api() {
        return new Api(context.getEnvironment());
    }

    @Override
    public void close() {
        context.close();
    }
}

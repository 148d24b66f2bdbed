package com.redhat.cloud.exports.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole service on the real servers, as its users meet it. All classes with this annotation and no properties of
 * their own share one running service.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "EXPORTS_PSKS=test-key,second-key",
            "MAX_PAYLOAD_SIZE=1",
            "EXPORT_ENABLE_APPS="
                    + "{\"exampleApp\":[\"exampleResource\",\"anotherExampleResource\"],"
                    + "\"urn:redhat:application:inventory\":[\"urn:redhat:application:inventory:export:systems\"],"
                    + "\"urn:redhat:application:notifications\":[\"urn:redhat:application:notifications:export:events\"],"
                    + "\"subscriptions\":[\"instances\",\"subscriptions\"],"
                    + "\"orderApp\":[\"orders\"],\"reportApp\":[\"usage\"]}",
            "EXPORT_EXPIRY_PERIOD=1s",
            "EXPORT_DELETION_PERIOD=1s",
            // Services of other settings stay as well, each with connections to the one database.
            "spring.datasource.hikari.minimum-idle=1",
            "spring.datasource.hikari.idle-timeout=10000"
        })
@ContextConfiguration(initializers = TestServers.Initializer.class)
@AutoConfigureObservability(tracing = false)
@Import(Api.class)
public @interface ServiceTest {}

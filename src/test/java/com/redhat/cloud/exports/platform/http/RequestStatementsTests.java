package com.redhat.cloud.exports.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;

/** Statements and commits that each request sends to the database. */
@ServiceTest
@TestPropertySource(properties = "MAX_PAYLOAD_SIZE=8")
class RequestStatementsTests {

    private static final int REQUESTS = 5;
    private static final int MIB = 1024 * 1024;

    /** The methods of a connection that go to the database. */
    private static final Set<String> SENT =
            Set.of("prepareStatement", "prepareCall", "createStatement", "commit", "rollback");

    private static final String CREATE = """
            {"name":"Active hosts","format":"json","sources":[{"application":"exampleApp","resource":"exampleResource",\
            "filters":{"status":"active","startDate":"2024-02-01","tags":["a","b"]}}]}""";

    private static final String SMALL_BODY = "[" + "1,".repeat(10_000) + "1]";

    /** Statements and commits of the thread that serves the request; the relay and timers have threads of their own. */
    private static final ThreadLocal<AtomicInteger> STATEMENTS = ThreadLocal.withInitial(AtomicInteger::new);

    @Autowired
    Api api;

    @Autowired
    ServletRegistrationBean<FrontServlet> front;

    private final String identity = Api.someone();

    @Test
    void creating() throws Exception {
        requireStatements(1, 202, () -> request("POST", Api.EXPORTS, CREATE));
    }

    @Test
    void gettingTheStatus() throws Exception {
        Api.Export export = api.create(identity, CREATE);
        requireStatements(1, 200, () -> request("GET", Api.EXPORTS + "/" + export.id() + "/status", ""));
    }

    @Test
    void listing() throws Exception {
        api.create(identity, CREATE);
        requireStatements(1, 200, () -> request("GET", Api.EXPORTS, ""));
    }

    @Test
    void downloadingASmallExport() throws Exception {
        Api.Export export = api.create(identity, CREATE);
        api.upload(export, 0, SMALL_BODY).then().statusCode(202);
        requireStatements(1, 200, () -> request("GET", Api.EXPORTS + "/" + export.id(), ""));
    }

    /** Find the source, reserve a key; in one transaction lock, complete, read and record; commit. */
    @Test
    void uploadingASmallBody() throws Exception {
        requireStatements(7, 202, () -> upload(SMALL_BODY));
    }

    /** The number of statements does not depend on the size. */
    @Test
    void uploadingALargeBody() throws Exception {
        Random random = new Random(1);
        String body = Stream.generate(() -> "{\"id\":%d,\"up\":true}".formatted(random.nextLong()))
                .limit(4 * MIB / 40)
                .collect(Collectors.joining(",", "[", "]"));
        requireStatements(7, 202, () -> upload(body));
    }

    private MockHttpServletRequest request(String method, String path, String body) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setLocalPort(api.publicPort);
        request.addHeader("x-rh-identity", identity);
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }

    private MockHttpServletRequest upload(String body) {
        Api.Export export = api.create(identity, CREATE);
        String source = export.sources().getFirst();
        MockHttpServletRequest request =
                request("POST", "/app/export/v1/%s/%s/%s/upload".formatted(export.id(), Api.APPLICATION, source), body);
        request.setLocalPort(api.internalPort);
        request.addHeader("x-rh-exports-psk", Api.KEY);
        return request;
    }

    private void requireStatements(int statements, int status, Supplier<MockHttpServletRequest> requests)
            throws Exception {
        for (int i = 0; i < REQUESTS; i++) {
            MockHttpServletRequest request = requests.get();
            MockHttpServletResponse response = new MockHttpServletResponse();
            STATEMENTS.get().set(0);
            front.getServlet().service(request, response);
            assertThat(response.getStatus()).isEqualTo(status);
            assertThat(STATEMENTS.get()).as("statements and commits").hasValue(statements);
        }
    }

    @TestConfiguration
    static class CountedStatements {

        @Bean
        static BeanPostProcessor countStatements() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? new CountingDataSource(source) : bean;
                }
            };
        }
    }

    private static final class CountingDataSource extends DelegatingDataSource {

        CountingDataSource(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (SENT.contains(method.getName())) {
                            STATEMENTS.get().incrementAndGet();
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }
}

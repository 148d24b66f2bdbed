package com.redhat.cloud.exports.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.Api;
import com.redhat.cloud.exports.ServiceTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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

/**
 * What a request costs that can be counted: statements sent to the database, and bytes allocated by the thread that serves
 * it, from the servlet to the database and S3 and back. What was measured lies between a third of each limit and the limit,
 * so that a change of kind is noticed and not a compiler's mood; figures of speed are the benchmark's.
 */
@ServiceTest
class RequestCostTests {

    private static final int REQUESTS = 300;
    private static final int KIB = 1024;

    private static final String CREATE = """
            {"name":"Active hosts","format":"json","sources":[{"application":"exampleApp","resource":"exampleResource",\
            "filters":{"status":"active","startDate":"2024-02-01","tags":["a","b"]}}]}""";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Sent by the thread that asks; the relay and the timers have theirs. */
    private static final ThreadLocal<AtomicInteger> STATEMENTS = ThreadLocal.withInitial(AtomicInteger::new);

    @Autowired
    Api api;

    @Autowired
    ServletRegistrationBean<FrontServlet> front;

    private final String identity = Api.someone();

    @Test
    void creating() throws Exception {
        requireNoMoreThan(1, 80 * KIB, 202, () -> request("POST", Api.EXPORTS, CREATE));
    }

    @Test
    void askingForTheStatus() throws Exception {
        Api.Export export = api.create(identity, CREATE);
        requireNoMoreThan(1, 40 * KIB, 200, () -> request("GET", Api.EXPORTS + "/" + export.id() + "/status", ""));
    }

    @Test
    void listing() throws Exception {
        api.create(identity, CREATE);
        requireNoMoreThan(1, 60 * KIB, 200, () -> request("GET", Api.EXPORTS, ""));
    }

    /** Find it, reserve a key; lock, complete, read and settle in one transaction. */
    @Test
    void takingInASmallBody() throws Exception {
        requireNoMoreThan(6, 300 * KIB, 202, () -> {
            Api.Export export = api.create(identity, CREATE);
            MockHttpServletRequest request = request(
                    "POST",
                    "/app/export/v1/%s/%s/%s/upload"
                            .formatted(
                                    export.id(),
                                    Api.APPLICATION,
                                    export.sources().getFirst()),
                    "[" + "1,".repeat(10_000) + "1]");
            request.setLocalPort(api.internalPort);
            request.addHeader("x-rh-exports-psk", Api.KEY);
            return request;
        });
    }

    private MockHttpServletRequest request(String method, String path, String body) {
        MockHttpServletRequest request = new MockHttpServletRequest(method, path);
        request.setLocalPort(api.publicPort);
        request.addHeader("x-rh-identity", identity);
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }

    /** On average, after as many requests that do not count. */
    private void requireNoMoreThan(int statements, long bytes, int status, Supplier<MockHttpServletRequest> requests)
            throws Exception {
        long allocated = 0;
        for (int i = -REQUESTS; i < REQUESTS; i++) {
            MockHttpServletRequest request = requests.get();
            MockHttpServletResponse response = new MockHttpServletResponse();
            STATEMENTS.get().set(0);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            front.getServlet().service(request, response);
            if (i >= 0) {
                allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(response.getStatus()).isEqualTo(status);
            assertThat(STATEMENTS.get()).as("statements").hasValue(statements);
        }
        assertThat(allocated / REQUESTS).as("bytes a request").isBetween(bytes / 3, bytes);
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
                        if (method.getName().equals("prepareStatement")) {
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

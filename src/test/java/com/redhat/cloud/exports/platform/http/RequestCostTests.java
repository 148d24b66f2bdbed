package com.redhat.cloud.exports.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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

/**
 * What a request costs that can be counted: statements and commits sent to the database, and bytes allocated by the thread
 * that serves it, from the servlet to the database and S3 and back. Each limit is about 1.6 times what was measured, which
 * must be more than a third of it, so that a change of kind is noticed and not a compiler's mood (a list is 22 KiB in a
 * JVM of its own, 26 after other tests); figures of speed are the benchmark's.
 */
@ServiceTest
@TestPropertySource(properties = "MAX_PAYLOAD_SIZE=8")
class RequestCostTests {

    private static final int REQUESTS = 300;
    private static final int LARGE_REQUESTS = 40;
    private static final int KIB = 1024;
    private static final int MIB = 1024 * 1024;

    /** What goes to the database; the rest of a connection's methods change what it remembers. */
    private static final Set<String> SENT =
            Set.of("prepareStatement", "prepareCall", "createStatement", "commit", "rollback");

    private static final String CREATE = """
            {"name":"Active hosts","format":"json","sources":[{"application":"exampleApp","resource":"exampleResource",\
            "filters":{"status":"active","startDate":"2024-02-01","tags":["a","b"]}}]}""";

    private static final String SMALL_BODY = "[" + "1,".repeat(10_000) + "1]";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** And commits, sent by the thread that asks; the relay and the timers have theirs. */
    private static final ThreadLocal<AtomicInteger> STATEMENTS = ThreadLocal.withInitial(AtomicInteger::new);

    @Autowired
    Api api;

    @Autowired
    ServletRegistrationBean<FrontServlet> front;

    private final String identity = Api.someone();

    @Test
    void creating() throws Exception {
        requireNoMoreThan(1, 72 * KIB, 202, () -> request("POST", Api.EXPORTS, CREATE));
    }

    @Test
    void askingForTheStatus() throws Exception {
        Api.Export export = api.create(identity, CREATE);
        requireNoMoreThan(1, 50 * KIB, 200, () -> request("GET", Api.EXPORTS + "/" + export.id() + "/status", ""));
    }

    @Test
    void listing() throws Exception {
        api.create(identity, CREATE);
        requireNoMoreThan(1, 40 * KIB, 200, () -> request("GET", Api.EXPORTS, ""));
    }

    @Test
    void downloadingASmallExport() throws Exception {
        Api.Export export = api.create(identity, CREATE);
        api.upload(export, 0, SMALL_BODY).then().statusCode(202);
        requireNoMoreThan(1, 295 * KIB, 200, () -> request("GET", Api.EXPORTS + "/" + export.id(), ""));
    }

    /** Find it, reserve a key; lock, complete, read and settle in one transaction, and commit that. */
    @Test
    void takingInASmallBody() throws Exception {
        requireNoMoreThan(7, 268 * KIB, 202, () -> upload(SMALL_BODY));
    }

    /** By the thread that reads and stores it. A large body costs no statement more than a small one. */
    @Test
    void takingInALargeBody() throws Exception {
        Random random = new Random(1);
        String body = Stream.generate(() -> "{\"id\":%d,\"up\":true}".formatted(random.nextLong()))
                .limit(4 * MIB / 40)
                .collect(Collectors.joining(",", "[", "]"));
        long allocated = allocated(LARGE_REQUESTS, 7, 202, () -> upload(body));
        assertThat(allocated * MIB / body.length()).as("bytes a MiB").isBetween(90L * KIB, 272L * KIB);
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

    private void requireNoMoreThan(int statements, long bytes, int status, Supplier<MockHttpServletRequest> requests)
            throws Exception {
        long allocated = allocated(REQUESTS, statements, status, requests);
        assertThat(allocated).as("bytes a request").isBetween(bytes / 3, bytes);
    }

    /** Bytes of a request on average, after as many requests that do not count. */
    private long allocated(int count, int statements, int status, Supplier<MockHttpServletRequest> requests)
            throws Exception {
        long allocated = 0;
        for (int i = -count; i < count; i++) {
            MockHttpServletRequest request = requests.get();
            MockHttpServletResponse response = new MockHttpServletResponse();
            STATEMENTS.get().set(0);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            front.getServlet().service(request, response);
            if (i >= 0) {
                allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(response.getStatus()).isEqualTo(status);
            assertThat(STATEMENTS.get()).as("statements and commits").hasValue(statements);
        }
        return allocated / count;
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

package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Concurrent requests share statements and nothing else. */
@ServiceTest
class RequestsAtOnceTests {

    private static final int TENANTS = 48;

    @Autowired
    Api api;

    private final List<String> identities =
            IntStream.range(0, TENANTS).mapToObj(tenant -> Api.someone()).toList();

    @Test
    void eachTenantGetsItsOwnExport() throws Exception {
        List<Response> created = atOnce(tenant -> api.post(identities.get(tenant), request(tenant, "1")));
        List<Response> statuses = atOnce(
                tenant -> api.as(identities.get(tenant)).get(Api.EXPORTS + "/" + id(created.get(tenant)) + "/status"));
        List<Response> ofOthers = atOnce(tenant -> api.as(identities.get(tenant))
                .get(Api.EXPORTS + "/" + id(created.get((tenant + 1) % TENANTS)) + "/status"));

        for (int tenant = 0; tenant < TENANTS; tenant++) {
            for (Response own : List.of(created.get(tenant), statuses.get(tenant))) {
                assertThat(own.<String>path("id")).isEqualTo(id(created.get(tenant)));
                assertThat(own.<String>path("name")).isEqualTo("export " + tenant);
                assertThat(own.<List<Integer>>path("sources.filters.number")).containsExactly(tenant, tenant + 1000);
                assertThat(own.<List<String>>path("sources.id"))
                        .isEqualTo(created.get(tenant).<List<String>>path("sources.id"));
            }
            assertThat(ofOthers.get(tenant).statusCode()).isEqualTo(404);
            assertThat(api.list(identities.get(tenant), "").<List<String>>path("data.id"))
                    .containsExactly(id(created.get(tenant)));
        }
    }

    @Test
    void onlyTheRequestThatCannotBeStoredIsRefused() throws Exception {
        List<Response> created =
                atOnce(tenant -> api.post(identities.get(tenant), request(tenant, tenant % 8 == 0 ? "1e400000" : "1")));

        for (int tenant = 0; tenant < TENANTS; tenant++) {
            boolean refused = tenant % 8 == 0;
            assertThat(created.get(tenant).statusCode()).isEqualTo(refused ? 400 : 202);
            assertThat(api.list(identities.get(tenant), "").<Integer>path("meta.count"))
                    .isEqualTo(refused ? 0 : 1);
        }
    }

    private static String request(int tenant, String number) {
        String source =
                "{\"application\":\"exampleApp\",\"resource\":\"exampleResource\",\"filters\":{\"number\":%d,\"n\":%s}}";
        return "{\"name\":\"export %d\",\"format\":\"json\",\"sources\":[%s,%s]}"
                .formatted(tenant, source.formatted(tenant, number), source.formatted(tenant + 1000, number));
    }

    private static String id(Response created) {
        return created.path("id");
    }

    private interface Request {
        Response of(int tenant);
    }

    private static List<Response> atOnce(Request request) throws Exception {
        List<Callable<Response>> all = new ArrayList<>();
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            int number = tenant;
            all.add(() -> request.of(number));
        }
        List<Response> responses = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Response> response : threads.invokeAll(all)) {
                responses.add(response.get());
            }
        }
        return responses;
    }
}

package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.testing.Api;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;

/** Compares the counts in lists with the lists themselves. */
public record Counts(Api api, String identity) {

    private static final List<String> STATUSES = List.of("", "pending", "running", "complete", "partial", "failed");
    private static final List<String> APPLICATIONS =
            List.of("", Api.APPLICATION, "urn:redhat:application:inventory", "unknown");

    /** Requires that every list of the tenant has the right count and last page. */
    public void requireExact() {
        for (String status : STATUSES) {
            for (String application : APPLICATIONS) {
                List<String> filters = new ArrayList<>(List.of("limit=1000"));
                if (!status.isEmpty()) {
                    filters.add("status=" + status);
                }
                if (!application.isEmpty()) {
                    filters.add("application=" + application);
                }
                requireExact("?" + String.join("&", filters));
            }
        }
    }

    /** @param query selects no more than a page */
    public void requireExact(String query) {
        Response list = api.list(identity, query);
        list.then().statusCode(200);
        assertThat(list.<Integer>path("meta.count")).as("count of " + query).isEqualTo(list.path("data.size()"));
    }

    /** The count of the list without filters. */
    public int all() {
        Response list = api.list(identity, "?limit=1");
        int count = list.path("meta.count");
        if (count > 1) {
            assertThat(list.<String>path("links.last")).endsWith("offset=" + (count - 1));
        }
        return count;
    }
}

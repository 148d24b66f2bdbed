package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A client that follows the links of {@code GET /exports} sees everything once. */
@ServiceTest
class ListLinksTests {

    @Autowired
    Api api;

    private final String identity = Api.someone();

    @Test
    void followingNextFindsEverythingOnceAndPreviousLeadsBack() {
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            created.add(api.create(identity, Api.request("json", 1)).id());
        }
        List<String> found = new ArrayList<>();
        String link = Api.EXPORTS + "?limit=3";
        Response page = null;
        while (link != null) {
            page = api.as(identity).get(link);
            found.addAll(page.path("data.id"));
            link = page.path("links.next");
        }
        assertThat(found).containsExactlyElementsOf(created);
        assertThat(page.<String>path("links.previous")).isEqualTo(Api.EXPORTS + "?limit=3&offset=3");
        assertThat(api.as(identity).get(page.<String>path("links.last")).<List<String>>path("data.id"))
                .containsExactlyElementsOf(created.subList(4, 7));
    }

    /** From every page of every size; a page that shows nothing leads nowhere. */
    @Test
    void linksLeadOnAndEnd() {
        int count = 3;
        for (int i = 0; i < count; i++) {
            api.create(identity, Api.request("json", 1));
        }
        for (int limit : new int[] {0, 1, count - 1, count, count + 1}) {
            for (int offset = 0; offset <= count + 1; offset++) {
                String page = Api.EXPORTS + "?limit=%d&offset=%d".formatted(limit, offset);
                Response first = api.as(identity).get(page);
                for (String direction : List.of("next", "previous")) {
                    Set<String> seen = new HashSet<>(Set.of(page));
                    Response current = first;
                    for (String link = follow(current, direction); link != null; link = follow(current, direction)) {
                        assertThat(seen.add(link))
                                .as("%s of %s again: %s", direction, page, link)
                                .isTrue();
                        current = api.as(identity).get(link);
                        assertThat(current.<List<String>>path("data.id"))
                                .as(link)
                                .isNotEmpty();
                    }
                }
                assertThat(api.as(identity).get(follow(first, "first")).statusCode())
                        .isEqualTo(200);
                String last = follow(first, "last");
                if (!last.contains("offset=-")) {
                    assertThat(follow(api.as(identity).get(last), "next"))
                            .as(page)
                            .isNull();
                }
            }
        }
    }

    private static String follow(Response page, String direction) {
        return page.path("links." + direction);
    }

    @Test
    void linksKeepEveryOtherParameterSortedByNameAndEncoded() {
        api.create(identity, Api.request("json", 1));
        api.create(identity, Api.request("json", 1));
        Response page = api.list(
                identity,
                "?zz=%C3%A9%22%3C%0A&status=pending&limit=1&aa=1&aa=2&name=Example&CamelHttpResponseCode=500&x");
        page.then().statusCode(200);
        assertThat(page.<String>path("links.next"))
                .isEqualTo(
                        Api.EXPORTS
                                + "?CamelHttpResponseCode=500&aa=1&aa=2&limit=1&name=Example&offset=1&status=pending&x=&zz=%C3%A9%22%3C%0A");
        assertThat(api.as(identity).get(page.<String>path("links.next")).<Integer>path("data.size()"))
                .isEqualTo(1);
    }
}

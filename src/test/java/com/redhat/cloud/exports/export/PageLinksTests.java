package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageLinksTests {

    /** The table of contract section 3, and the ends of the range. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "0,   100, 0,    0, null, null, 0",
                "6,   100, 0,    0, null, null, 0",
                "100, 10,  20,   0, 30,   10,   90",
                "200, 10,  195,  0, null, 185,  190",
                "200, 10,  1000, 0, null, null, 190",
                "5,   10,  3,    0, null, 0,    -5",
                "6,   200, 1000, 0, null, null, -194",
                "25,  10,  20,   0, null, 10,   15",
                "3,   0,   0,    0, null, null, 3",
                "3,   0,   2,    0, null, null, 3",
                "10,  10,  0,    0, null, null, 0",
                "11,  10,  0,    0, 10,   null, 1",
                "5,   2147483647, 2147483647, 0, null, null, -2147483642",
                "5000000000, 2147483647, 2147483647, 0, 4294967294, 0, 2852516353"
            })
    void offsetsAreThoseOfTheFormerService(
            long count, int limit, int offset, Long first, Long next, Long previous, Long last) {
        assertThat(PageLinks.of(Map.of(), count, limit, offset, limit))
                .isEqualTo(
                        new PageLinks(link(limit, first), link(limit, next), link(limit, previous), link(limit, last)));
    }

    private static String link(int limit, Long offset) {
        return offset == null ? null : "/api/export/v1/exports?limit=%d&offset=%d".formatted(limit, offset);
    }

    @Test
    void otherParametersAreKeptSortedAndEncoded() {
        Map<String, List<String>> query = Map.of(
                "zz", List.of("é \"<&=\n"), "b", List.of("2", "1"), "limit", List.of("7", "8"), "offset", List.of("x"));
        assertThat(PageLinks.of(query, 3, 1, 0, 1).next())
                .isEqualTo("/api/export/v1/exports?b=2&b=1&limit=1&offset=1&zz=%C3%A9+%22%3C%26%3D%0A");
    }

    @Test
    void thePageAfterACutOneBeginsWithTheRest() {
        assertThat(PageLinks.of(Map.of(), 10, 100, 0, 7))
                .isEqualTo(new PageLinks(link(100, 0L), link(100, 7L), null, link(100, 0L)));
        assertThat(PageLinks.of(Map.of(), 300, 100, 20, 7))
                .isEqualTo(new PageLinks(link(100, 0L), link(100, 27L), link(100, 0L), link(100, 200L)));
    }

    @Test
    void missingLinksAreNullInJson() {
        assertThat(PageLinks.of(Map.of(), 0, 1, 0, 1).toJson()).isEqualTo("""
                {"first":"/api/export/v1/exports?limit=1&offset=0","next":null,"previous":null,"last":"/api/export/v1/exports?limit=1&offset=0"}""");
    }
}

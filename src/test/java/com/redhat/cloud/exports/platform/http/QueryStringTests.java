package com.redhat.cloud.exports.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTests {

    @Test
    void parametersAreDecodedAndSortedByName() {
        Map<String, List<String>> parameters = QueryString.parse("z=%C3%A9+%2B&a=1&%61=2&b=x=y&c");
        assertThat(parameters)
                .containsExactly(
                        Map.entry("a", List.of("1", "2")),
                        Map.entry("b", List.of("x=y")),
                        Map.entry("c", List.of("")),
                        Map.entry("z", List.of("é +")));
    }

    @Test
    void emptyPairsAreNothing() {
        assertThat(QueryString.parse("")).isEmpty();
        assertThat(QueryString.parse("&&")).isEmpty();
        assertThat(QueryString.parse("&a=&")).containsExactly(Map.entry("a", List.of("")));
        assertThat(QueryString.parse("=x")).containsExactly(Map.entry("", List.of("x")));
    }

    @Test
    void bytesThatAreNotUtf8AreReplaced() {
        assertThat(QueryString.parse("a=%ff")).containsExactly(Map.entry("a", List.of("\ufffd")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "%=a", "a=%-1", "a=1&b=%C3%"})
    void whatIsNotPercentEncodedIsRefused(String query) {
        assertThatThrownBy(() -> QueryString.parse(query))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.kind()).isEqualTo(ServiceException.Kind.INVALID));
    }
}

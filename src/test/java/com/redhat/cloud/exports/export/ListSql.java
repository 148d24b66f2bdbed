package com.redhat.cloud.exports.export;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The list's statement for those outside of this package: the benchmark has PostgreSQL run it without a service. */
public final class ListSql {

    private ListSql() {}

    /**
     * @param query of the request, such as {@code status} to {@code pending}
     * @return with parameters like {@code :orgId}
     */
    public static String of(Map<String, String> query) {
        return statement(query).sql();
    }

    static ListStatement statement(Map<String, String> query) {
        return new ListStatement(ListQuery.parse(
                query.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
                Integer.MAX_VALUE));
    }
}

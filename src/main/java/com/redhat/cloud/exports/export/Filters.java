package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.math.BigDecimal;
import java.util.Map;

/** What the sources of one request may have as {@code filters}: objects that PostgreSQL can hold and give back. */
final class Filters {

    /**
     * Digits that all numbers together may have when PostgreSQL writes them out: {@code 1e99999} is seven bytes in a
     * request and 100,000 in every answer. Numbers that are written out in the request never come to this.
     */
    private static final int MOST_DIGITS = 1024 * 1024;

    private long digits;

    /** @throws ServiceException when they are not an object, or cannot be stored */
    void require(JsonNode filters) {
        if (!filters.isObject()) {
            throw ServiceException.invalid("invalid json format of filters");
        }
        check(filters);
    }

    private void check(JsonNode value) {
        if (value.isTextual()) {
            StorableText.require("filters", value.textValue());
        } else if (value.isBigDecimal()) {
            count(value.decimalValue());
        }
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            StorableText.require("filters", property.getKey());
        }
        value.forEach(this::check);
    }

    private void count(BigDecimal number) {
        digits += number.scale() > 0
                ? Math.max(number.precision(), number.scale())
                : (long) number.precision() - number.scale();
        if (digits > MOST_DIGITS) {
            throw ServiceException.invalid("'filters' holds numbers that are too large");
        }
    }
}

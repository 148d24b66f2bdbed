package com.redhat.cloud.exports.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.redhat.cloud.exports.platform.database.StorableText;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.math.BigDecimal;
import java.util.Map;

/** Checks the {@code filters} of one request: objects that PostgreSQL can store and return. */
final class Filters {

    /**
     * Caps the digits of all numbers together as PostgreSQL writes them: {@code 1e99999} is seven bytes in a request and
     * 100,000 in every answer. Numbers without an exponent never reach it.
     */
    private static final int MAX_DIGITS = 1024 * 1024;

    private long digits;

    /** @throws ServiceException when the filters are not an object or cannot be stored */
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
        if (digits > MAX_DIGITS) {
            throw ServiceException.invalid("'filters' holds numbers that are too large");
        }
    }
}

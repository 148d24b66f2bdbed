package com.redhat.cloud.exports.platform.database;

import com.redhat.cloud.exports.platform.errors.ServiceException;

/** Checks that PostgreSQL can store a text: no NUL, no lone surrogate. */
public final class StorableText {

    private StorableText() {}

    /** @throws ServiceException when the text cannot be stored */
    public static String require(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw ServiceException.invalid("'%s' holds a NUL character".formatted(field));
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw ServiceException.invalid("'%s' holds half of a surrogate pair".formatted(field));
                }
                i++;
            }
        }
        return text;
    }
}

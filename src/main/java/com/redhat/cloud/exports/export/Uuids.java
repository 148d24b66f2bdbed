package com.redhat.cloud.exports.export;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids as callers write them. */
public final class Uuids {

    /** {@link UUID#fromString} alone takes {@code 1-2-3-4-5} for one. */
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Uuids() {}

    /** @throws ServiceException when the text is not the id of an export */
    public static UUID ofExport(String text) {
        return parse(text, "export");
    }

    /** @throws ServiceException when the text is not the id of a source, which callers know as a resource */
    public static UUID ofSource(String text) {
        return parse(text, "resource");
    }

    private static UUID parse(String text, String what) {
        if (!CANONICAL.matcher(text).matches()) {
            throw ServiceException.invalid("'%s' is not a valid %s UUID".formatted(text, what));
        }
        return UUID.fromString(text);
    }
}

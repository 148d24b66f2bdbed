package com.redhat.cloud.exports.platform.http;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.util.UUID;
import java.util.regex.Pattern;

/** Parses the ids in paths. */
public final class Uuids {

    /** {@link UUID#fromString} alone accepts {@code 1-2-3-4-5}. */
    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Uuids() {}

    /** @throws ServiceException when the text is not a UUID; the message speaks of an export */
    public static UUID ofExport(String text) {
        return parse(text, "export");
    }

    /** @throws ServiceException when the text is not a UUID; the message speaks of a resource, which means a source */
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

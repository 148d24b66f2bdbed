package com.redhat.cloud.exports.platform.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/**
 * The preconditions of RFC 9110 section 13 for GET and HEAD, in the order of section 13.2.2. Dates are ignored, as section 13.1
 * demands where a resource has no modification date.
 */
public enum Preconditions {
    PASSED,
    /** 412. */
    FAILED,
    /** 304. */
    NOT_MODIFIED;

    /**
     * Evaluates them. A header is null when absent; several lines of one are joined by commas.
     *
     * @param etag the resource's strong entity tag, with its quotes
     */
    public static Preconditions evaluate(String etag, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && !matches(ifMatch, etag, true)) {
            return FAILED;
        }
        return ifNoneMatch != null && matches(ifNoneMatch, etag, false) ? NOT_MODIFIED : PASSED;
    }

    private static boolean matches(String header, String etag, boolean strong) {
        ETag current = ETag.create(etag);
        return ETag.parse(header).stream().anyMatch(tag -> tag.isWildcard() || tag.compare(current, strong));
    }

    /** Makes a strong entity tag, with its quotes, from a body. */
    static String etag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

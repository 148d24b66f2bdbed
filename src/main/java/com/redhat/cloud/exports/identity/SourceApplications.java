package com.redhat.cloud.exports.identity;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.util.List;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Authenticates the callers of the internal API, by pre-shared key or, if none is sent and tokens are accepted, by bearer
 * token.
 */
@Component("sourceApplications")
class SourceApplications {

    private static final String SCHEME = "Bearer ";

    private final PreSharedKeys keys;
    private final BearerTokens tokens;

    SourceApplications(PreSharedKeys keys, BearerTokens tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    /**
     * Requires a key or token that is valid for the application.
     *
     * @param sent values of all x-rh-exports-psk headers
     * @param authorization values of all Authorization headers
     * @param application the application in the path
     */
    void check(
            @Variable("preSharedKeys") @Nullable List<String> sent,
            @Variable("authorization") @Nullable List<String> authorization,
            @Header("application") String application) {
        String token = token(sent, authorization);
        if (token == null) {
            keys.check(sent, application);
        } else if (!tokens.applicationsOf(token).contains(application)) {
            throw ServiceException.forbidden("the token is not valid for this application");
        }
    }

    /** Requires a key or token that is valid for any application, where the path names none. */
    void checkAny(
            @Variable("preSharedKeys") @Nullable List<String> sent,
            @Variable("authorization") @Nullable List<String> authorization) {
        String token = token(sent, authorization);
        if (token == null) {
            keys.checkAny(sent);
        } else if (tokens.applicationsOf(token).isEmpty()) {
            throw ServiceException.forbidden("the token is not valid for any application");
        }
    }

    private @Nullable String token(@Nullable List<String> sent, @Nullable List<String> authorization) {
        if (sent != null || authorization == null || authorization.size() != 1 || !keys.areChecked()) {
            return null;
        }
        String value = authorization.getFirst();
        return tokens.areAccepted() && value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? value.substring(SCHEME.length()).strip()
                : null;
    }
}

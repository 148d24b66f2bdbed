package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * Bearer tokens of source applications, issued by an OpenID provider.
 *
 * @param issuer {@code iss} of the tokens that the internal API accepts instead of a pre-shared key. None: no tokens
 * @param jwksUrl where the issuer publishes its keys (JWKS); they are cached, and read again for a key that is not among
 *     them
 * @param audience an {@code aud} of the tokens
 * @param claim claim that names the application, or the client of {@code EXPORT_OIDC_APPLICATIONS}; a text or a list
 * @param applications JSON object of clients, as named by the claim, and their application or list of applications. None:
 *     the claim names the application itself
 * @param clockSkew how far the clocks of issuer and service may differ
 */
public record OidcProperties(
        String issuer, String jwksUrl, String audience, String claim, String applications, Duration clockSkew) {

    public OidcProperties {
        if (!issuer.isEmpty()) {
            require(isHttpUrl(jwksUrl), "EXPORT_OIDC_JWKS_URL", "must be an http or https URL when there is an issuer");
            require(!audience.isEmpty(), "EXPORT_OIDC_AUDIENCE", "must be set when there is an issuer");
        }
        require(
                !clockSkew.isNegative() && clockSkew.toHours() < 1,
                "EXPORT_OIDC_CLOCK_SKEW",
                "must be less than an hour, but is " + clockSkew.toMillis() + " ms");
    }

    /** Whether bearer tokens are accepted. */
    public boolean isOn() {
        return !issuer.isEmpty();
    }

    private static boolean isHttpUrl(String text) {
        try {
            URI url = new URI(text);
            return ("https".equals(url.getScheme()) || "http".equals(url.getScheme())) && url.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

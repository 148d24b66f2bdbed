package com.redhat.cloud.exports.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.health.HealthReport;
import com.nimbusds.jose.util.health.HealthStatus;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTProcessor;
import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.config.JsonSettings;
import com.redhat.cloud.exports.platform.config.OidcProperties;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Verifies bearer tokens of source applications: signed by a key of the issuer (RSA or elliptic curves), for our audience,
 * not expired.
 */
@Component("bearerTokens")
class BearerTokens {

    private static final Logger LOG = LoggerFactory.getLogger(BearerTokens.class);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_KEYS_SIZE = 512 * 1024;

    private static final Duration KEYS_CACHED = Duration.ofMinutes(5);

    /** A token of an unknown key makes the keys be read again, at most twice in this time. */
    private static final Duration MIN_REFRESH_INTERVAL = Duration.ofSeconds(10);

    /** While the issuer is down, its last keys stay valid for this long. */
    private static final Duration OUTAGE_TOLERATED = Duration.ofHours(1);

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final JsonMapper JSON = JsonSettings.mapper()
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    private final String claim;
    private final @Nullable Map<String, Set<String>> applications;
    private final @Nullable JWTProcessor<SecurityContext> processor;

    BearerTokens(ExportProperties properties) {
        OidcProperties settings = properties.oidc();
        this.claim = settings.claim();
        this.applications = settings.applications().isBlank() ? null : applications(settings.applications());
        this.processor = settings.isOn() ? processor(settings) : null;
    }

    boolean areAccepted() {
        return processor != null;
    }

    /**
     * Returns the applications for which the token is valid.
     *
     * @throws ServiceException if it is invalid, or if the issuer's keys cannot be read
     */
    Set<String> applicationsOf(String token) {
        if (processor == null) {
            throw new IllegalStateException("bearer tokens are not accepted");
        }
        try {
            return applicationsOf(processor.process(token, null));
        } catch (KeySourceException e) {
            // When the limit is reached, the token's key is unknown, and was a moment ago.
            throw e instanceof RateLimitReachedException
                    ? invalid(e)
                    : ServiceException.unavailable("the keys of the token's issuer cannot be read at the moment", e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw invalid(e);
        }
    }

    private static ServiceException invalid(Exception reason) {
        LOG.debug("refused a bearer token: {}", reason.getMessage());
        return ServiceException.unauthorized("invalid bearer token");
    }

    private Set<String> applicationsOf(JWTClaimsSet claims) {
        Set<String> named = new HashSet<>();
        Object value = claims.getClaim(claim);
        for (Object name : value instanceof Collection<?> names ? names : List.of(value)) {
            if (applications == null) {
                named.add(String.valueOf(name));
            } else {
                named.addAll(applications.getOrDefault(String.valueOf(name), Set.of()));
            }
        }
        return named;
    }

    private static JWTProcessor<SecurityContext> processor(OidcProperties settings) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        // RFC 9068 names the type of access tokens; most issuers still send JWT or nothing.
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys(settings)));
        var verifier = new DefaultJWTClaimsVerifier<SecurityContext>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("exp", settings.claim()));
        verifier.setMaxClockSkew(Math.toIntExact(settings.clockSkew().toSeconds()));
        processor.setJWTClaimsSetVerifier(verifier);
        return processor;
    }

    private static JWKSource<SecurityContext> keys(OidcProperties settings) {
        try {
            return JWKSourceBuilder.create(
                            URI.create(settings.jwksUrl()).toURL(),
                            new DefaultResourceRetriever(
                                    (int) CONNECT_TIMEOUT.toMillis(), (int) READ_TIMEOUT.toMillis(), MAX_KEYS_SIZE))
                    .cache(
                            KEYS_CACHED.toMillis(),
                            CONNECT_TIMEOUT.plus(READ_TIMEOUT).toMillis())
                    // It would need a thread.
                    .refreshAheadCache(false)
                    .rateLimited(MIN_REFRESH_INTERVAL.toMillis())
                    .outageTolerant(OUTAGE_TOLERATED.toMillis())
                    .healthReporting(report -> {
                        if (report.getHealthStatus() == HealthStatus.NOT_HEALTHY) {
                            LOG.warn("cannot read the keys of the token issuer: {}", rootMessage(report));
                        }
                    })
                    .build();
        } catch (MalformedURLException e) {
            throw InvalidSettingException.of("EXPORT_OIDC_JWKS_URL", "must be an http or https URL");
        }
    }

    private static String rootMessage(HealthReport<?, ?> report) {
        return report.getException() == null
                ? "unknown"
                : String.valueOf(report.getException().getMessage());
    }

    private static Map<String, Set<String>> applications(String setting) {
        try {
            Map<String, Set<String>> applications = JSON.readValue(setting, new TypeReference<>() {});
            if (applications != null && !applications.containsValue(null)) {
                return applications;
            }
        } catch (JsonProcessingException e) {
            throw malformed(e.getOriginalMessage());
        }
        throw malformed("there is a null");
    }

    private static InvalidSettingException malformed(String reason) {
        return InvalidSettingException.of(
                "EXPORT_OIDC_APPLICATIONS",
                "must be a JSON object of client to application or list of applications: " + reason);
    }
}

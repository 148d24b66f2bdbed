package com.redhat.cloud.exports.identity;

import static com.redhat.cloud.exports.identity.TokenIssuer.claims;
import static com.redhat.cloud.exports.identity.TokenIssuer.in;
import static com.redhat.cloud.exports.identity.TokenIssuer.sign;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.describedAs;
import static org.hamcrest.Matchers.equalTo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.redhat.cloud.exports.platform.config.Settings;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.testing.Api;
import com.redhat.cloud.exports.testing.ServiceTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;

/** Bearer tokens on the internal API. Shares the service of {@link KeyRotationTests}. */
@ServiceTest
@ContextConfiguration(initializers = KeyRotationTests.KeysInAFile.class)
class BearerTokenTests {

    private static final TokenIssuer ISSUER = KeyRotationTests.ISSUER;

    @Autowired
    Api api;

    @Test
    void aTokenIsAsGoodAsAKeyAndMayBeUsedAgain() {
        String token = ISSUER.token("example-client");
        Api.Export export = api.create("json", 2);
        post(token, export.uploadPath(0), "[1]").statusCode(202);
        post(token, export.uploadPath(0), "[1]").statusCode(202);
        post(token, export.errorPath(1), "{\"message\":\"none\",\"error\":5}").statusCode(202);
        api.status(export).then().body("status", equalTo("partial"));
        for (String base : List.of("/app/export/v1", "/internal/export/v1")) {
            with("Bearer " + token).get(base + "/ping").then().statusCode(200);
            with("bearer  " + token).get(base + "/ping").then().statusCode(200);
        }
    }

    @Test
    void aTokenIsValidForItsApplicationsOnly() {
        Api.Export export = api.create(Api.someone(), Api.request("json", """
                {"application":"exampleApp","resource":"exampleResource"},
                {"application":"subscriptions","resource":"instances"}"""));
        String other = export.uploadPath(1).replace("/exampleApp/", "/subscriptions/");
        post(ISSUER.token("example-client"), other, "[1]")
                .statusCode(403)
                .body("message", equalTo("the token is not valid for this application"));
        post(ISSUER.token("exampleApp"), export.uploadPath(0), "[1]").statusCode(403);
        post(ISSUER.token("two-clients"), export.uploadPath(0), "[1]").statusCode(202);
        post(ISSUER.token("two-clients"), other, "[1]").statusCode(202);
        with("Bearer " + ISSUER.token("unknown"))
                .get("/app/export/v1/ping")
                .then()
                .statusCode(403);
    }

    @Test
    void everyOtherTokenIsRefused() throws JOSEException {
        RSAKey key = ISSUER.key();
        RSAKey foreign = TokenIssuer.newKey();
        String good = ISSUER.token("example-client");
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put(
                "expired",
                sign(claim().expirationTime(in(Duration.ofMinutes(-2))).build(), key));
        tokens.put("without an end", sign(claim().expirationTime(null).build(), key));
        tokens.put(
                "not valid yet",
                sign(claim().notBeforeTime(in(Duration.ofMinutes(2))).build(), key));
        tokens.put(
                "of another issuer",
                sign(claim().issuer(TokenIssuer.ISSUER + "/").build(), key));
        tokens.put("without an issuer", sign(claim().issuer(null).build(), key));
        tokens.put(
                "replayed from another service",
                sign(claim().audience("another-service").build(), key));
        tokens.put("without an audience", sign(claim().audience((String) null).build(), key));
        tokens.put("without a client", sign(claim().claim("client_id", null).build(), key));
        tokens.put("signed by an unknown key", sign(claim().build(), foreign));
        tokens.put(
                "signed by another key under the issuer's id",
                sign(
                        claim().build(),
                        new RSAKey.Builder(foreign).keyID(key.getKeyID()).build()));
        tokens.put("unsigned", new PlainJWT(claim().build()).serialize());
        tokens.put("without its signature", good.substring(0, good.lastIndexOf('.') + 1));
        tokens.put("signed by the public key as a secret", signedByPublicKey(key));
        tokens.put("of another type", ofAnotherType(key));
        tokens.put("changed", changed(good));
        tokens.put("no token", "x");
        Api.Export export = api.create("json", 1);
        tokens.forEach((kind, token) -> post(token, export.uploadPath(0), "[1]")
                .statusCode(describedAs("for a token that is " + kind, equalTo(401)))
                .body("message", equalTo("invalid bearer token")));
        api.status(export).then().body("status", equalTo("pending"));
    }

    private static JWTClaimsSet.Builder claim() {
        return claims("example-client");
    }

    /** What a verifier accepts that takes the algorithm from the token. */
    private static String signedByPublicKey(RSAKey key) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claim().build());
        token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
        return token.serialize();
    }

    private static String ofAnotherType(RSAKey key) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(new JOSEObjectType("logout+jwt"))
                        .build(),
                claim().build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static String changed(String token) {
        String[] parts = token.split("\\.");
        String other = sign(claims("two-clients").build(), TokenIssuer.newKey()).split("\\.")[1];
        return parts[0] + "." + other + "." + parts[2];
    }

    @Test
    void clocksMayDifferByTheSkew() {
        for (Duration end : List.of(Duration.ofSeconds(-30), Duration.ofHours(1))) {
            String token = sign(claim().expirationTime(in(end)).build(), ISSUER.key());
            with("Bearer " + token).get("/app/export/v1/ping").then().statusCode(200);
        }
    }

    @Test
    void aNewKeyOfTheIssuerIsReadWhenATokenNeedsIt() {
        with("Bearer " + ISSUER.token("example-client"))
                .get("/app/export/v1/ping")
                .then()
                .statusCode(200);
        ISSUER.rotate();
        String token = ISSUER.token("example-client");
        // At once, unless tokens of unknown keys have used up the attempts of these ten seconds.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> with("Bearer " + token).get("/app/export/v1/ping").statusCode() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Bearer", "Token x", ""})
    void whatIsNoBearerTokenIsNoneAndAKeyIsMissing(String authorization) {
        with(authorization)
                .get("/app/export/v1/ping")
                .then()
                .statusCode(400)
                .body("message", equalTo("missing x-rh-exports-psk header"));
    }

    @Test
    void aKeyThatIsSentDecides() {
        for (String authorization : List.of("Bearer " + ISSUER.token("example-client"), "Bearer x")) {
            with(authorization)
                    .header("x-rh-exports-psk", "wrong")
                    .get("/app/export/v1/ping")
                    .then()
                    .statusCode(401)
                    .body("message", equalTo("invalid x-rh-exports-psk header"));
        }
    }

    @Test
    void anIssuerThatIsDownIsNotTheCallersFault() {
        TokenIssuer issuer = new TokenIssuer();
        issuer.stop();
        Map<String, String> settings = new HashMap<>(issuer.settings());
        BearerTokens tokens = new BearerTokens(Settings.of(settings));
        assertThatThrownBy(() -> tokens.applicationsOf(issuer.token("example-client")))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.kind()).isEqualTo(ServiceException.Kind.UNAVAILABLE));
    }

    @Test
    void withoutAMapTheClaimNamesTheApplication() {
        Map<String, String> settings = new HashMap<>(ISSUER.settings());
        settings.remove("EXPORT_OIDC_APPLICATIONS");
        settings.put("EXPORT_OIDC_CLAIM", "apps");
        BearerTokens tokens = new BearerTokens(Settings.of(settings));
        for (Object claim : List.of("urn:redhat:application:inventory", List.of("urn:redhat:application:inventory"))) {
            assertThat(tokens.applicationsOf(sign(claim().claim("apps", claim).build(), ISSUER.key())))
                    .containsExactly("urn:redhat:application:inventory");
        }
    }

    private RequestSpecification with(String authorization) {
        return api.anyone(api.internalPort).header("Authorization", authorization);
    }

    private ValidatableResponse post(String token, String path, String body) {
        return with("Bearer " + token).body(body).post(path).then();
    }
}

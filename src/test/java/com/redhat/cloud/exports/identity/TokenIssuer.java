package com.redhat.cloud.exports.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** A small OpenID provider: publishes its key and signs tokens. */
final class TokenIssuer {

    static final String ISSUER = "https://sso.example/realms/services";
    static final String AUDIENCE = "export-service";

    private final HttpServer server;
    private volatile RSAKey key = newKey();

    TokenIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/certs", exchange -> {
            try (exchange) {
                byte[] keys = new JWKSet(key).toString(true).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        server.start();
    }

    /** The settings of a service that trusts this issuer. */
    Map<String, String> settings() {
        return Map.of(
                "EXPORT_OIDC_ISSUER",
                ISSUER,
                "EXPORT_OIDC_JWKS_URL",
                "http://localhost:%d/certs".formatted(server.getAddress().getPort()),
                "EXPORT_OIDC_AUDIENCE",
                AUDIENCE,
                "EXPORT_OIDC_APPLICATIONS",
                "{\"example-client\":\"exampleApp\",\"two-clients\":[\"exampleApp\",\"subscriptions\"]}");
    }

    RSAKey key() {
        return key;
    }

    void rotate() {
        key = newKey();
    }

    static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Claims of a valid token. */
    static JWTClaimsSet.Builder claims(String client) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .claim("client_id", client)
                .expirationTime(in(Duration.ofMinutes(5)));
    }

    static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    String token(String client) {
        return sign(claims(client).build(), key);
    }

    static String sign(JWTClaimsSet claims, RSAKey key) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    void stop() {
        server.stop(0);
    }
}

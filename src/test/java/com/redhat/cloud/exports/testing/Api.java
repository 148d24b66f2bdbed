package com.redhat.cloud.exports.testing;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;

/**
 * The running service as its clients see it. A test takes an identity of its own from {@link #someone()}, so that it
 * neither sees nor disturbs what other tests have stored. Paths and queries are sent as they are written.
 */
@TestComponent
public final class Api {

    public static final String EXPORTS = "/api/export/v1/exports";
    public static final String INTERNAL = "/app/export/v1/";
    public static final String APPLICATION = "exampleApp";
    public static final String RESOURCE = "exampleResource";

    /** One of the keys that {@link ServiceTest} configures. */
    public static final String KEY = "test-key";

    public final int publicPort;
    public final int internalPort;
    public final int managementPort;

    @Autowired
    public Api(Environment settings) {
        this.publicPort = settings.getRequiredProperty("server.port", int.class);
        this.internalPort = settings.getRequiredProperty("export.internal-port", int.class);
        this.managementPort = settings.getRequiredProperty("management.server.port", int.class);
    }

    /** Of a service in another process, without its management port. */
    public Api(int publicPort, int internalPort) {
        this.publicPort = publicPort;
        this.internalPort = internalPort;
        this.managementPort = 0;
    }

    /** @param name public, internal or management */
    public int port(String name) {
        return switch (name) {
            case "public" -> publicPort;
            case "internal" -> internalPort;
            case "management" -> managementPort;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /**
     * An export that the service has accepted.
     *
     * @param identity the header of its owner
     * @param sources the ids of its sources, in the order of the request
     */
    public record Export(String identity, String id, List<String> sources) {

        public String uploadPath(int source) {
            return INTERNAL + id + "/" + APPLICATION + "/" + sources.get(source) + "/upload";
        }

        public String errorPath(int source) {
            return INTERNAL + id + "/" + APPLICATION + "/" + sources.get(source) + "/error";
        }
    }

    /** The x-rh-identity header of a user without an account number. */
    public static String identity(String orgId, String username) {
        return base64("""
                {"identity":{"org_id":"%s","type":"User","user":{"username":"%s"}}}""".formatted(orgId, username));
    }

    /** The x-rh-identity header of a user of an organisation that no other test has. */
    public static String someone() {
        return identity("org-" + UUID.randomUUID(), "someone");
    }

    public static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A request body for an export of {@code format} ("json" or "csv") with so many sources, all alike. */
    public static String request(String format, int sources) {
        String source = "{\"application\":\"%s\",\"resource\":\"%s\"}".formatted(APPLICATION, RESOURCE);
        return request(format, String.join(",", Collections.nCopies(sources, source)));
    }

    /** The same with the sources as JSON, separated by commas. */
    public static String request(String format, String sources) {
        return "{\"name\":\"Example\",\"format\":\"%s\",\"sources\":[%s]}".formatted(format, sources);
    }

    /** A request to the public port. */
    public RequestSpecification as(String identity) {
        return anyone(publicPort).header("x-rh-identity", identity);
    }

    /** A request to the internal port with a valid key. */
    public RequestSpecification application() {
        return anyone(internalPort).header("x-rh-exports-psk", KEY);
    }

    /** A request with nothing but a port. */
    public RequestSpecification anyone(int port) {
        return RestAssured.given().port(port).urlEncodingEnabled(false);
    }

    /** Sends a request body, valid or not. */
    public Response post(String identity, String body) {
        return as(identity)
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(EXPORTS);
    }

    /** Creates an export; the test fails if it is not accepted. */
    public Export create(String identity, String body) {
        Response response = post(identity, body);
        response.then().statusCode(202);
        return new Export(identity, response.path("id"), response.path("sources.id"));
    }

    /** An export of somebody new, of {@code format} with so many sources. */
    public Export create(String format, int sources) {
        return create(someone(), request(format, sources));
    }

    public Response status(Export export) {
        return as(export.identity()).get(EXPORTS + "/" + export.id() + "/status");
    }

    public Response list(String identity, String query) {
        return as(identity).get(EXPORTS + query);
    }

    public Response download(Export export) {
        return as(export.identity()).get(EXPORTS + "/" + export.id());
    }

    public Response delete(Export export) {
        return as(export.identity()).delete(EXPORTS + "/" + export.id());
    }

    public Response upload(Export export, int source, byte[] body) {
        return application().contentType("application/octet-stream").body(body).post(export.uploadPath(source));
    }

    public Response upload(Export export, int source, String body) {
        return upload(export, source, body.getBytes(StandardCharsets.UTF_8));
    }

    public Response error(Export export, int source, String body) {
        return application().contentType("application/json").body(body).post(export.errorPath(source));
    }
}

package com.redhat.cloud.exports;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

@ServiceTest
class ExportFlowTests {

    @Value("${server.port}")
    int publicPort;

    @Value("${export.internal-port}")
    int internalPort;

    @Test
    void flow() {
        String identity = Base64.getEncoder().encodeToString("""
            {"identity":{"org_id":"o1","type":"User","user":{"username":"u"}}}""".getBytes());
        Response r = given().port(publicPort)
                .header("x-rh-identity", identity)
                .body("""
            {"name":"n","format":"json","sources":[{"application":"exampleApp","resource":"exampleResource","filters":{"a":1.50}}]}""")
                .post("/api/export/v1/exports");
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        String id = r.path("id");
        String source = r.path("sources[0].id");
        r = given().port(publicPort).header("x-rh-identity", identity).get("/api/export/v1/exports/" + id + "/status");
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(publicPort).header("x-rh-identity", identity).get("/api/export/v1/exports?limit=5&name=n");
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(publicPort).header("x-rh-identity", identity).get("/api/export/v1/exports/" + id);
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(internalPort)
                .header("x-rh-exports-psk", "test-key")
                .body("{\"a\": [1,}")
                .post("/app/export/v1/" + id + "/exampleApp/" + source + "/upload");
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(internalPort)
                .header("x-rh-exports-psk", "test-key")
                .body("{\"a\": [1,2,3]}")
                .post("/app/export/v1/" + id + "/exampleApp/" + source + "/upload");
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(publicPort).header("x-rh-identity", identity).get("/api/export/v1/exports/" + id + "/status");
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(publicPort).header("x-rh-identity", identity).get("/api/export/v1/exports/" + id);
        System.out.println(r.statusCode() + " " + r.headers() + r.asByteArray().length);
        r = given().port(publicPort)
                .header("x-rh-identity", identity)
                .header("Range", "bytes=0-9")
                .head("/api/export/v1/exports/" + id);
        System.out.println(r.statusCode() + " " + r.headers() + r.asByteArray().length);
        r = given().port(publicPort).header("x-rh-identity", identity).put("/api/export/v1/exports/" + id);
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(publicPort).header("x-rh-identity", identity).get("/app/export/v1/exports/" + id);
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(publicPort).header("x-rh-identity", identity).delete("/api/export/v1/exports/" + id);
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(publicPort).header("x-rh-identity", identity).get("/api/export/v1/ping");
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(internalPort)
                .header("x-rh-exports-psk", "test-key")
                .body("{\"message\":\"m\",\"error\":3}")
                .post("/internal/export/v1/error/" + id + "/exampleApp/" + source + "/");
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
        r = given().port(publicPort).get("/nope");
        r.prettyPrint();
        System.out.println(r.statusCode() + " " + r.headers());
    }
}

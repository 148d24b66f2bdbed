package com.redhat.cloud.exports.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTests {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/docs, /docs",
        "/docs/, /docs",
        "/api/export/v1/exports/, /api/export/v1/exports",
        "/api/export/v1/%65xports, /api/export/v1/exports",
        "/%61pi/export/v1/ping, /api/export/v1/ping",
        "/api/export/v1/a+b, /api/export/v1/a+b",
        "/api/export/v1/%C3%A9, /api/export/v1/é",
        "/api/export/v1/...., /api/export/v1/...."
    })
    void aPathIsDecodedAndLosesOneSlashAtTheEnd(String raw, String decoded) {
        assertThat(RequestPath.parse(raw, Port.PUBLIC))
                .get()
                .extracting(RequestPath::decoded)
                .isEqualTo(decoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:redhat:application:inventory",
                "urn%3Aredhat%3Aapplication%3Ainventory",
                "urn%253Aredhat%253Aapplication%253Ainventory",
                "urn%25253Aredhat%25253Aapplication%25253Ainventory"
            })
    void anApplicationIsTheSameHoweverOftenItIsEncoded(String application) {
        for (String base : new String[] {"/app/export/v1", "/internal/export/v1"}) {
            RequestPath path = RequestPath.parse(base + "/e/" + application + "/s/upload", Port.INTERNAL)
                    .orElseThrow();
            assertThat(path.decoded()).isEqualTo("/internal/export/v1/e/urn:redhat:application:inventory/s/upload");
            assertThat(path.base()).isEqualTo(base);
            assertThat(path.isUpload()).isTrue();
        }
    }

    @Test
    void theAliasIsOneOnTheInternalPortOnly() {
        RequestPath path =
                RequestPath.parse("/app/export/v1/e/a/s/upload", Port.PUBLIC).orElseThrow();
        assertThat(path.decoded()).isEqualTo("/app/export/v1/e/a/s/upload");
        assertThat(path.base()).isNull();
        assertThat(Port.PUBLIC.serves(path.decoded())).isFalse();
    }

    @Test
    void onlyUploadsAreUploads() {
        assertThat(internal("/upload/e/a/s").isUpload()).isTrue();
        assertThat(internal("/e/a/s/upload/").isUpload()).isTrue();
        assertThat(internal("/e/a/s/error").isUpload()).isFalse();
        assertThat(internal("/error/e/a/s").isUpload()).isFalse();
        assertThat(RequestPath.parse("/api/export/v1/exports/upload", Port.PUBLIC)
                        .orElseThrow()
                        .isUpload())
                .isFalse();
    }

    private static RequestPath internal(String path) {
        return RequestPath.parse("/app/export/v1" + path, Port.INTERNAL).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "docs",
                "//",
                "//docs",
                "/docs//",
                "/a//b",
                "/.",
                "/..",
                "/a/../b",
                "/a/%2e%2e/b",
                "/a/%252e%252e/b",
                "/a/.%2e/b",
                "/a%2fb",
                "/a%252Fb",
                "/a%5cb",
                "/a\\b",
                "/a;b=c",
                "/a%3bb",
                "/%00",
                "/%0d%0a",
                "/%7f",
                "/%zz",
                "/%",
                "/%2",
                "/%25",
                "/%2525252525252561"
            })
    void aPathThatNobodyHonestSendsIsNone(String raw) {
        assertThat(RequestPath.parse(raw, Port.PUBLIC)).isEmpty();
        assertThat(RequestPath.parse(raw, Port.INTERNAL)).isEmpty();
    }

    @Test
    void blanksAndLettersOfAnyAlphabetMayBeEncoded() {
        assertThat(internal("/e/urn%253Aa%20%C3%A9/s/upload").decoded())
                .isEqualTo("/internal/export/v1/e/urn:a é/s/upload");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MANAGEMENT")
    void aPortServesItsBaseAndTheRootAndNotTheOthersBase(Port port) {
        assertThat(port.serves("/")).isTrue();
        assertThat(port.serves(port.base())).isFalse();
        assertThat(port.serves(port.base() + "x/y")).isFalse();
        assertThat(port.serves("/docs")).isEqualTo(port == Port.PUBLIC);
        for (Port other : Port.values()) {
            assertThat(port.serves(other.base() + "/x")).isEqualTo(port == other);
        }
    }
}

package com.redhat.cloud.exports.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.config.Settings;
import com.redhat.cloud.exports.platform.errors.ServiceException;
import com.redhat.cloud.exports.platform.errors.ServiceException.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreSharedKeysTests {

    @Test
    void theKeysOfAListAreTrimmedAndBlankOnesDropped() {
        PreSharedKeys keys = of(" one ,, two,");
        accepted(keys, "any", "one");
        accepted(keys, "any", "two");
        for (String wrong : List.of("", " ", "one ", "one ,, two,", "ONE", "on", "onee")) {
            refused(keys, "any", List.of(wrong), Kind.UNAUTHORIZED, "invalid x-rh-exports-psk header");
        }
    }

    @Test
    void aMapBindsAKeyToItsApplication() {
        PreSharedKeys keys = of("{\"a\":\"key-a\",\"urn:b\":\" key-b \"}");
        accepted(keys, "a", "key-a");
        accepted(keys, "urn:b", "key-b");
        refused(keys, "a", List.of("key-b"), Kind.UNAUTHORIZED, "invalid x-rh-exports-psk header for application");
        refused(keys, "a", List.of("unknown"), Kind.UNAUTHORIZED, "invalid x-rh-exports-psk header for application");
        refused(keys, "A", List.of("key-a"), Kind.FORBIDDEN, "no PSK configured for application");
        refused(keys, "c", List.of("key-a"), Kind.FORBIDDEN, "no PSK configured for application");
    }

    @Test
    void anApplicationMayHaveSeveralKeysAtOnce() {
        PreSharedKeys keys = of("{\"a\":[\"old\",\" new \"],\"b\":\"key-b\"}");
        accepted(keys, "a", "old");
        accepted(keys, "a", "new");
        accepted(keys, "b", "key-b");
        refused(keys, "b", List.of("new"), Kind.UNAUTHORIZED, "invalid x-rh-exports-psk header for application");
        refused(keys, "a", List.of("old,new"), Kind.UNAUTHORIZED, "invalid x-rh-exports-psk header for application");
        assertThatCode(() -> keys.checkIfSent(List.of("new"))).doesNotThrowAnyException();
    }

    @Test
    void theHeaderMustBeSentExactlyOnce() {
        for (PreSharedKeys keys : List.of(of("one"), of("{\"a\":\"one\"}"), of(""))) {
            refused(keys, "a", null, Kind.INVALID, "missing x-rh-exports-psk header");
            refused(keys, "a", List.of(), Kind.INVALID, "missing x-rh-exports-psk header");
            refused(keys, "a", List.of("one", "one"), Kind.INVALID, "missing x-rh-exports-psk header");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void withoutKeysEveryCallerIsRefused(String setting) {
        refused(of(setting), "a", List.of("one"), Kind.UNAUTHORIZED, "invalid x-rh-exports-psk header");
        refused(of(setting), "a", List.of(""), Kind.UNAUTHORIZED, "invalid x-rh-exports-psk header");
    }

    @Test
    void withAnEmptyMapEveryCallerIsRefused() {
        refused(of("{}"), "a", List.of("one"), Kind.UNAUTHORIZED, "invalid x-rh-exports-psk header");
    }

    @Test
    void withoutChecksEveryCallerIsAdmitted() {
        PreSharedKeys keys = new PreSharedKeys(
                Settings.of(Map.of("EXPORTS_PSKS", "one", "DISABLE_SERVICE_TO_SERVICE_PSK_AUTH", "true")));
        assertThatCode(() -> keys.check(null, "a")).doesNotThrowAnyException();
        assertThatCode(() -> keys.check(List.of("x", "y"), "a")).doesNotThrowAnyException();
        assertThatCode(() -> keys.checkIfSent(List.of("x"))).doesNotThrowAnyException();
    }

    @Test
    void onThePublicApiAKeyIsOptional() {
        for (PreSharedKeys keys : List.of(of("one,two"), of("{\"a\":\"one\",\"b\":\"two\"}"))) {
            assertThatCode(() -> keys.checkIfSent(null)).doesNotThrowAnyException();
            assertThatCode(() -> keys.checkIfSent(List.of("two"))).doesNotThrowAnyException();
            for (List<String> wrong : List.of(List.of("three"), List.of(""), List.of("one", "three"))) {
                assertThatThrownBy(() -> keys.checkIfSent(wrong))
                        .hasMessage("invalid x-rh-exports-psk header")
                        .isInstanceOfSatisfying(
                                ServiceException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"s3cret\"",
                "{\"a\":\"s3cret\",}",
                "{\"a\":{\"b\":\"s3cret\"}}",
                "{\"a\":[[\"s3cret\"]]}",
                "{\"a\":[]}",
                "{\"a\":[\"s3cret\",\" \"]}",
                "{\"a\":[\"s3cret\",null]}",
                "{\"a\":\"s3cret\",\"a\":\"other\"}",
                "{\"a\":\"s3cret\"} x",
                "{a:s3cret}",
                "{\"a\":\"s3cret\",\"b\":\"\"}",
                "{\"a\":\"s3cret\",\"b\":null}"
            })
    void anInvalidMapIsRefusedWithoutPrintingAKey(String setting) {
        assertThatThrownBy(() -> of(setting))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("EXPORTS_PSKS ")
                .hasMessageNotContaining("s3cret")
                .hasNoCause();
    }

    private static PreSharedKeys of(String setting) {
        return new PreSharedKeys(Settings.of("EXPORTS_PSKS", setting));
    }

    private static void accepted(PreSharedKeys keys, String application, String key) {
        assertThatCode(() -> keys.check(List.of(key), application)).doesNotThrowAnyException();
    }

    private static void refused(
            PreSharedKeys keys, String application, @Nullable List<String> sent, Kind kind, String message) {
        assertThatThrownBy(() -> keys.check(sent, application))
                .hasMessage(message)
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }
}

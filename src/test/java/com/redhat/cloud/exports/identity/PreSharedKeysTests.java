package com.redhat.cloud.exports.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.redhat.cloud.exports.config.ExportProperties;
import com.redhat.cloud.exports.config.InvalidSettingException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Contract section 5: the modes of the pre-shared keys. */
class PreSharedKeysTests {

    @ParameterizedTest
    @ValueSource(strings = {"a,b", " a , b ,, ", "b,a"})
    void aListIsTrimmedAndEachKeyIsGoodForAll(String setting) {
        PreSharedKeys keys = keys(setting, false);
        for (String key : List.of("a", "b")) {
            assertThatCode(() -> keys.check(List.of(key), "any")).doesNotThrowAnyException();
        }
        requireRefused(keys, List.of("c"), "any", 401, "invalid x-rh-exports-psk header");
        requireRefused(keys, List.of(""), "any", 401, "invalid x-rh-exports-psk header");
    }

    @Test
    void exactlyOneHeaderIsAskedFor() {
        PreSharedKeys keys = keys("a,b", false);
        requireRefused(keys, null, "any", 400, "missing x-rh-exports-psk header");
        requireRefused(keys, List.of(), "any", 400, "missing x-rh-exports-psk header");
        requireRefused(keys, List.of("a", "a"), "any", 400, "missing x-rh-exports-psk header");
    }

    @Test
    void aMapBindsKeysToApplications() {
        PreSharedKeys keys = keys("{\"one\":\"a\",\"two\":\"b\"}", false);
        assertThatCode(() -> keys.check(List.of("a"), "one")).doesNotThrowAnyException();
        requireRefused(keys, List.of("b"), "one", 401, "invalid x-rh-exports-psk header for application");
        requireRefused(keys, List.of("a"), "three", 403, "no PSK configured for application");
        requireRefused(keys, List.of("a"), "ONE", 403, "no PSK configured for application");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ", "{}"})
    void withoutAnyKeyEverybodyIsRefused(String setting) {
        PreSharedKeys keys = keys(setting, false);
        requireRefused(keys, List.of("a"), "any", 401, "invalid x-rh-exports-psk header");
        requireRefused(keys, List.of(""), "any", 401, "invalid x-rh-exports-psk header");
    }

    @Test
    void disabledMeansThatEverybodyIsLetIn() {
        PreSharedKeys keys = keys("a", true);
        assertThatCode(() -> keys.check(null, "any")).doesNotThrowAnyException();
        assertThatCode(() -> keys.check(List.of("x", "y"), "any")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"one\":}",
                "{\"one\":[\"secret\"]}",
                "{\"one\":null}",
                "{\"one\":\" \"}",
                "{\"a\":\"secret\"} x"
            })
    void aBrokenMapIsAStartUpErrorThatShowsNoKey(String setting) {
        assertThatThrownBy(() -> keys(setting, false))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("EXPORTS_PSKS")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void onThePublicApiAKeyIsOptionalButMustBeKnown() {
        PreSharedKeys keys = keys("{\"one\":\"a\",\"two\":\"b\"}", false);
        assertThatCode(() -> keys.checkIfSent(null)).doesNotThrowAnyException();
        assertThatCode(() -> keys.checkIfSent(List.of("b"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> keys.checkIfSent(List.of("c"))).isInstanceOf(PreSharedKeyException.class);
        assertThatThrownBy(() -> keys.checkIfSent(List.of("a", "b"))).isInstanceOf(PreSharedKeyException.class);
    }

    private static void requireRefused(
            PreSharedKeys keys, @Nullable List<String> sent, String application, int status, String message) {
        assertThatThrownBy(() -> keys.check(sent, application))
                .isInstanceOfSatisfying(
                        PreSharedKeyException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(status))
                .hasMessage(message);
    }

    private static PreSharedKeys keys(String setting, boolean disabled) {
        return new PreSharedKeys(new Binder(new MapConfigurationPropertySource(Map.of(
                        "export.pre-shared-keys", setting,
                        "export.pre-shared-key-check-disabled", disabled)))
                .bind("export", ExportProperties.class)
                .get());
    }
}

package com.redhat.cloud.exports.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnabledApplicationsTests {

    @Test
    void anApplicationIsEnabledWithItsResourcesAndCaseCounts() {
        EnabledApplications applications = of("{\"a\":[\"x\",\"y\"],\"urn:b\":[\"z\"],\"none\":[]}");
        assertThat(applications.contains("a", "x")).isTrue();
        assertThat(applications.contains("urn:b", "z")).isTrue();
        assertThat(applications.contains("a", "z")).isFalse();
        assertThat(applications.contains("a", "X")).isFalse();
        assertThat(applications.contains("A", "x")).isFalse();
        assertThat(applications.contains("none", "")).isFalse();
        assertThat(applications.contains("")).isFalse();
        assertThat(applications.contains("none")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void unsetMeansTheExampleApplication(String setting) {
        assertThat(of(setting).contains("exampleApp", "exampleResource")).isTrue();
        assertThat(of(setting).contains("exampleApp", "anotherExampleResource")).isTrue();
    }

    @Test
    void anEmptyObjectEnablesNothing() {
        assertThat(of("{}").contains("exampleApp", "exampleResource")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "a,b",
                "{\"a\":\"x\"}",
                "{\"a\":{\"x\":1}}",
                "{}x",
                "null",
                "{\"a\":null}",
                "{\"a\":[null]}"
            })
    void anythingElseEndsTheStartWithASentence(String setting) {
        assertThatThrownBy(() -> of(setting))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("EXPORT_ENABLE_APPS must be a JSON object of application to list of resources");
    }

    @Test
    void anApplicationThatIsNamedTwiceIsReported() {
        assertThatThrownBy(() -> of("{\"a\":[\"x\"],\"b\":[],\"a\":[\"y\"]}"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("EXPORT_ENABLE_APPS")
                .hasMessageContaining("Duplicate field 'a'");
    }

    private static EnabledApplications of(String setting) {
        return new EnabledApplications(Settings.of("EXPORT_ENABLE_APPS", setting));
    }
}

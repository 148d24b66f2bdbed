package com.redhat.cloud.exports.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidsTests {

    @Test
    void upperCaseIsTheSameId() {
        assertThat(Uuids.ofExport("0B069353-6ACE-4403-8162-3A8AFE7AC05C"))
                .hasToString("0b069353-6ace-4403-8162-3a8afe7ac05c");
    }

    @Test
    void theNilIdIsAnId() {
        assertThat(Uuids.ofSource("00000000-0000-0000-0000-000000000000").getMostSignificantBits())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "1-2-3-4-5",
                "0b0693536ace440381623a8afe7ac05c",
                "{0b069353-6ace-4403-8162-3a8afe7ac05c}",
                "0b069353-6ace-4403-8162-3a8afe7ac05c ",
                "0b069353-6ace-4403-8162-3a8afe7ac05c\n",
                "0b069353-6ace-4403-8162-3a8afe7ac05g",
                "0b069353-6ace-4403-8162-3a8afe7ac05",
                "٠b069353-6ace-4403-8162-3a8afe7ac05c"
            })
    void anythingElseIsRefusedByName(String text) {
        assertThatThrownBy(() -> Uuids.ofExport(text))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.kind()).isEqualTo(ServiceException.Kind.INVALID))
                .hasMessage("'%s' is not a valid export UUID", text);
        assertThatThrownBy(() -> Uuids.ofSource(text)).hasMessage("'%s' is not a valid resource UUID", text);
    }
}

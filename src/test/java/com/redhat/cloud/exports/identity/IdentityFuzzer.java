package com.redhat.cloud.exports.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.redhat.cloud.exports.platform.errors.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Fuzzes x-rh-identity: any text, or any JSON in base64. */
public final class IdentityFuzzer {

    private static final Identities IDENTITIES = new Identities();

    private IdentityFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) {
        read(new String(input, StandardCharsets.ISO_8859_1));
        read(Base64.getEncoder().encodeToString(input));
    }

    private static void read(String header) {
        try {
            var tenant = IDENTITIES.tenantOf(header);
            assertThat(tenant.orgId()).isNotEmpty();
            assertThat(tenant.username()).isNotEmpty();
            assertThat(List.of(tenant.orgId(), tenant.username(), tenant.accountNumber()))
                    .allSatisfy(text -> {
                        assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(512);
                        assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                                .as("can be stored")
                                .isEqualTo(text)
                                .doesNotContain("\0");
                    });
        } catch (ServiceException refused) {
            assertThat(refused.kind()).isEqualTo(ServiceException.Kind.INVALID);
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}

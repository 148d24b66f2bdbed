package com.redhat.cloud.exports.platform.config;

import static com.redhat.cloud.exports.platform.config.Requirements.require;
import static com.redhat.cloud.exports.platform.config.Requirements.requireReadable;

/**
 * TLS of our ports.
 *
 * @param certificate PEM file with the certificate of the public and the internal port, and the intermediate ones.
 *     None: no TLS. Read at the start
 * @param key PEM file with its key
 * @param management the management port uses TLS with them too
 */
public record TlsProperties(String certificate, String key, boolean management) {
    public TlsProperties {
        require(
                certificate.isEmpty() == key.isEmpty(),
                certificate.isEmpty() ? "EXPORT_TLS_CERTIFICATE" : "EXPORT_TLS_KEY",
                "must be set too: a certificate and its key belong together");
        require(
                !management || !certificate.isEmpty(),
                "EXPORT_TLS_CERTIFICATE",
                "must be set when METRICS_TLS is true");
        requireReadable("EXPORT_TLS_CERTIFICATE", certificate);
        requireReadable("EXPORT_TLS_KEY", key);
    }

    /** Whether the public and the internal port use TLS. */
    public boolean isOn() {
        return !certificate.isEmpty();
    }
}

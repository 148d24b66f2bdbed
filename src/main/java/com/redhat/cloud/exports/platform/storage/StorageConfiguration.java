package com.redhat.cloud.exports.platform.storage;

import com.redhat.cloud.exports.platform.config.ExportProperties;
import com.redhat.cloud.exports.platform.config.InvalidSettingException;
import com.redhat.cloud.exports.platform.config.StorageProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** Configures the S3 client, which the aws2-s3 component uses too. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    @Bean
    S3Client s3Client(ExportProperties properties) {
        StorageProperties storage = properties.storage();
        URI endpoint = endpoint(storage);
        Region region = Region.of(storage.region().isBlank() ? "us-east-1" : storage.region());
        return S3Client.builder()
                .endpointOverride(endpoint)
                .endpointProvider(pathStyle(endpoint))
                .authSchemeProvider(signatureV4(region))
                .region(region)
                // Signs a body as a whole: some servers refuse the encoding with signed chunks.
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .credentialsProvider(credentials(storage))
                .forcePathStyle(true)
                // Several servers refuse the checksum trailers that the SDK sends by default. The database has a
                // SHA-256 and a CRC-32 of every object.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(httpClient(storage, endpoint))
                .build();
    }

    /**
     * Addresses the bucket by path. The SDK's provider would arrive at the same by applying Amazon's rules to each request,
     * at most of the cost of a small request.
     */
    private static S3EndpointProvider pathStyle(URI endpoint) {
        return request -> CompletableFuture.completedFuture(Endpoint.builder()
                .url(request.bucket() == null ? endpoint : URI.create(endpoint + "/" + request.bucket()))
                .build());
    }

    /** Signs with version 4, which the SDK's provider would determine anew for each request. */
    private static S3AuthSchemeProvider signatureV4(Region region) {
        List<AuthSchemeOption> signature = List.of(AuthSchemeOption.builder()
                .schemeId(AwsV4AuthScheme.SCHEME_ID)
                .putSignerProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putSignerProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                // S3 does not normalise paths: an object may be called "a//b".
                .putSignerProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putSignerProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                // With TLS the payload needs no signature; without TLS the SDK signs it anyway.
                .putSignerProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                .build());
        return request -> signature;
    }

    private static ApacheHttpClient.Builder httpClient(StorageProperties storage, URI endpoint) {
        ApacheHttpClient.Builder client = ApacheHttpClient.builder()
                .maxConnections(256)
                .connectionTimeout(Duration.ofSeconds(5))
                .socketTimeout(Duration.ofSeconds(60));
        if (!storage.caFile().isEmpty()) {
            TrustManager[] trusted = trustManagers(Path.of(storage.caFile()));
            client.tlsTrustManagersProvider(() -> trusted);
        } else if ("http".equals(endpoint.getScheme())) {
            // A TLS factory would read all certificates that the JDK trusts, which delays the start.
            client.socketFactory(PlainConnectionSocketFactory.getSocketFactory());
        }
        return client;
    }

    private static TrustManager[] trustManagers(Path certificates) {
        try (InputStream pem = Files.newInputStream(certificates)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry(Integer.toString(store.size()), certificate);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw InvalidSettingException.of("MINIO_CA", "has no certificates that can be read: " + certificates);
        }
    }

    private static URI endpoint(StorageProperties storage) {
        String scheme = storage.ssl() ? "https" : "http";
        String name = storage.host().replaceAll("/+$", "");
        String host = name.contains("://") ? name : scheme + "://" + name;
        try {
            return URI.create(storage.port() > 0 ? host + ":" + storage.port() : host);
        } catch (IllegalArgumentException e) {
            throw InvalidSettingException.of("MINIO_HOST", "is neither a host name nor a URL");
        }
    }

    private static AwsCredentialsProvider credentials(StorageProperties storage) {
        if (storage.accessKey().isBlank()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(storage.accessKey(), storage.secretKey()));
    }
}

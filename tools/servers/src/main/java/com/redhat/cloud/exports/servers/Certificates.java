package com.redhat.cloud.exports.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A private authority and its server certificate for {@code localhost}, made with keytool.
 *
 * @param authority the authority's certificate, PEM
 * @param chain the server's certificate and the authority's, PEM
 * @param key the server's key, PEM (PKCS #8), readable by its owner only
 * @param keyAndChain both in one file
 * @param keyStore both, PKCS #12
 */
public record Certificates(Path authority, Path chain, Path key, Path keyAndChain, Path keyStore) {

    public static final String ALIAS = "server";
    public static final String PASSWORD = "changeit";

    public static Certificates make(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path authorityStore = directory.resolve("authority.p12");
        Path serverStore = directory.resolve("server.p12");
        Path request = directory.resolve("server.csr");
        Path signed = directory.resolve("server.crt");
        Path authority = directory.resolve("authority.pem");
        keytool(
                authorityStore,
                "-genkeypair",
                "-alias",
                "authority",
                "-keyalg",
                "EC",
                "-dname",
                "CN=Authority",
                "-ext",
                "bc:c");
        keytool(authorityStore, "-exportcert", "-rfc", "-alias", "authority", "-file", authority.toString());
        keytool(serverStore, "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-dname", "CN=localhost");
        keytool(serverStore, "-certreq", "-alias", ALIAS, "-file", request.toString());
        keytool(
                authorityStore,
                "-gencert",
                "-rfc",
                "-alias",
                "authority",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString());
        keytool(serverStore, "-importcert", "-noprompt", "-alias", "authority", "-file", authority.toString());
        keytool(serverStore, "-importcert", "-noprompt", "-alias", ALIAS, "-file", signed.toString());
        keytool(serverStore, "-delete", "-alias", "authority");

        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(serverStore)) {
            store.load(file, PASSWORD.toCharArray());
        }
        Key key = store.getKey(ALIAS, PASSWORD.toCharArray());
        StringBuilder chain = new StringBuilder();
        for (Certificate certificate : store.getCertificateChain(ALIAS)) {
            chain.append(pem("CERTIFICATE", certificate.getEncoded()));
        }
        return new Certificates(
                authority,
                Files.writeString(directory.resolve("server.pem"), chain),
                secret(directory.resolve("server.key"), pem("PRIVATE KEY", key.getEncoded())),
                secret(directory.resolve("server-all.pem"), pem("PRIVATE KEY", key.getEncoded()) + chain),
                serverStore);
    }

    private static Path secret(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
    }
}

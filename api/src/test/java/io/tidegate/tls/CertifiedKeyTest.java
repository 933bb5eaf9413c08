package io.tidegate.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.e2e.gateway.TestCertificate;
import io.tidegate.settings.SettingsException;
import io.tidegate.settings.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be in the two files, and what stops the start. */
@SuppressWarnings("NullAway.Init")
final class CertifiedKeyTest {
  private static final TestCertificate EC = TestCertificate.make("EC");
  private static final TestCertificate RSA = TestCertificate.make("RSA");

  @TempDir private Path folder;

  private TlsFiles files(String certificate, String key) throws IOException {
    return new TlsFiles(
        Files.writeString(folder.resolve("cert.pem"), certificate),
        Files.writeString(folder.resolve("key.pem"), key));
  }

  private CertifiedKey read(String certificate, String key) throws Exception {
    return CertifiedKey.read(files(certificate, key));
  }

  @Test
  void aPairIsRead() throws Exception {
    assertThat(read(EC.certificatePem(), EC.keyPem()).key()).isEqualTo(EC.key());
    assertThat(read(RSA.certificatePem(), RSA.keyPem()).key()).isEqualTo(RSA.key());
    assertThat(read(RSA.certificatePem(), RSA.keyPem()).keyStore().containsAlias("gateway"))
        .isTrue();
  }

  @Test
  void oneFileMayHoldBothAndTextForPeople() throws Exception {
    String both = "Subject: us\r\n" + EC.keyPem() + EC.certificatePem().replace("\n", "\r\n");

    assertThat(read(both, both).chain()).containsExactly(EC.certificate());
  }

  /** The forms of older OpenSSL are what PKCS #8 wraps: behind its head. */
  @Test
  void keysOfOlderToolsAreRead() throws Exception {
    String pkcs1 = TestCertificate.pem("RSA PRIVATE KEY", behind(RSA.key().getEncoded(), 26));
    byte[] ec = EC.key().getEncoded();
    String sec1 =
        TestCertificate.pem("EC PRIVATE KEY", Arrays.copyOfRange(ec, secStart(ec), ec.length));

    assertThat(read(RSA.certificatePem(), pkcs1).key()).isEqualTo(RSA.key());
    assertThat(read(EC.certificatePem(), sec1).key()).isEqualTo(EC.key());
  }

  private static byte[] behind(byte[] der, int head) {
    return Arrays.copyOfRange(der, head, der.length);
  }

  /** The content of the OCTET STRING: a SEQUENCE that begins with version 1. */
  private static int secStart(byte[] der) {
    for (int i = 10; i < der.length - 5; i++) {
      if (der[i] == 0x30 && der[i + 2] == 2 && der[i + 3] == 1 && der[i + 4] == 1) {
        return i;
      }
    }
    throw new AssertionError("no SEC 1 key in it");
  }

  @Test
  void badPairsStopTheStartWithOneLine() throws Exception {
    refused(EC.certificatePem(), RSA.keyPem(), "key.pem is not the key of the certificate");
    refused(
        EC.certificatePem(),
        TestCertificate.make("EC").keyPem(),
        "key.pem is not the key of the certificate");
    refused("", EC.keyPem(), "cert.pem holds no certificate in PEM");
    refused(EC.keyPem(), EC.keyPem(), "cert.pem holds no certificate in PEM");
    refused(EC.certificatePem(), EC.certificatePem(), "key.pem holds no private key in PEM");
    refused(
        TestCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3}),
        EC.keyPem(),
        "cert.pem holds a certificate that cannot be read");
    refused(
        EC.certificatePem(),
        "-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----",
        "key.pem holds a key that cannot be read");
    refused(
        EC.certificatePem(),
        TestCertificate.pem("ENCRYPTED PRIVATE KEY", new byte[] {1}),
        "key.pem is encrypted: give the key without a passphrase");
    refused(
        EC.certificatePem(),
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: x\n\nAAAA\n"
            + "-----END RSA PRIVATE KEY-----",
        "key.pem is encrypted: give the key without a passphrase");
    refused(
        EC.certificatePem() + RSA.certificatePem(),
        EC.keyPem(),
        "the certificates are no chain: the server's own comes first, then each issuer's");
  }

  private void refused(String certificate, String key, String why) throws IOException {
    TlsFiles files = files(certificate, key);
    assertThatThrownBy(() -> PublicCertificate.check(files))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("TIDEGATE_TLS_CERT, TIDEGATE_TLS_KEY: ")
        .hasMessageEndingWith(why)
        .message()
        .hasLineCount(1);
  }

  @Test
  void aMissingFileIsNamed() {
    TlsFiles files = new TlsFiles(folder.resolve("none.pem"), folder.resolve("key.pem"));

    assertThatThrownBy(() -> PublicCertificate.check(files))
        .hasMessageContaining("cannot read " + files.certificate());
  }
}

package io.tidegate.tls;

import io.tidegate.settings.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A private key and the certificates that vouch for it, the server's first. Made only of what fits
 * together.
 */
record CertifiedKey(PrivateKey key, List<X509Certificate> chain) {
  /** What a bad pair of files is told as; one line. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message, null, false, false);
    }
  }

  static CertifiedKey read(TlsFiles files) throws Unusable {
    return of(files, bytes(files.certificate()), bytes(files.key()));
  }

  static byte[] bytes(Path file) throws Unusable {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Unusable("cannot read " + file);
    }
  }

  /** The pair in the contents of these files, whose names are for messages. */
  static CertifiedKey of(TlsFiles files, byte[] certificatePem, byte[] keyPem) throws Unusable {
    List<X509Certificate> chain = chain(files.certificate(), certificatePem);
    PublicKey certified = chain.getFirst().getPublicKey();
    PrivateKey key = key(files.key(), keyPem, certified);
    if (!fits(key, certified)) {
      throw mismatch(files.key());
    }
    return new CertifiedKey(key, chain);
  }

  /** As Micronaut takes it; only this process sees it, so there is no password. */
  KeyStore keyStore() throws Unusable {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("gateway", key, null, chain.toArray(new X509Certificate[0]));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new Unusable(
          "the certificates are no chain: the server's own comes first, then each issuer's");
    }
  }

  private static List<X509Certificate> chain(Path file, byte[] pem) throws Unusable {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Pem section : Pem.read(pem)) {
        if (section.label().equals("CERTIFICATE")) {
          chain.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(section.der())));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new Unusable(file + " holds a certificate that cannot be read");
    }
    if (chain.isEmpty()) {
      throw new Unusable(file + " holds no certificate in PEM");
    }
    return chain;
  }

  private static PrivateKey key(Path file, byte[] pem, PublicKey certified) throws Unusable {
    try {
      for (Pem section : Pem.read(pem)) {
        String label = section.label();
        if (label.startsWith("ENCRYPTED")) {
          throw new Unusable(file + " is encrypted: give the key without a passphrase");
        }
        if (label.endsWith("PRIVATE KEY")) {
          byte[] der =
              label.equals("PRIVATE KEY") ? section.der() : pkcs8(section.der(), certified);
          return KeyFactory.getInstance(certified.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(der));
        }
      }
    } catch (GeneralSecurityException e) {
      throw mismatch(file);
    } catch (IllegalArgumentException e) {
      throw new Unusable(file + " holds a key that cannot be read");
    }
    throw new Unusable(file + " holds no private key in PEM");
  }

  private static Unusable mismatch(Path file) {
    return new Unusable(file + " is not the key of the certificate");
  }

  /** What the key signs, the certificate's key must find good. */
  private static boolean fits(PrivateKey key, PublicKey certified) {
    String algorithm =
        switch (certified.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> certified.getAlgorithm();
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update((byte) 1);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * A key as OpenSSL used to write it (PKCS #1, SEC 1) as PKCS #8 (RFC 5208, section 5): it lacks
   * the algorithm, which is the one of the certificate's key (RFC 5280, section 4.1.2.7).
   */
  private static byte[] pkcs8(byte[] bare, PublicKey certified) {
    byte[] subject = certified.getEncoded();
    int algorithm = headerBytes(subject, 0);
    int algorithmEnd = algorithm + headerBytes(subject, algorithm) + length(subject, algorithm);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(new byte[] {2, 1, 0});
    content.write(subject, algorithm, algorithmEnd - algorithm);
    content.writeBytes(der(4, bare));
    return der(0x30, content.toByteArray());
  }

  private static int headerBytes(byte[] der, int at) {
    return der[at + 1] >= 0 ? 2 : 2 + (der[at + 1] & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int length = 0;
    for (int i = at + (der[at + 1] >= 0 ? 1 : 2); i < at + headerBytes(der, at); i++) {
      length = length << Byte.SIZE | der[i] & 0xff;
    }
    return length;
  }

  private static byte[] der(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // The long form of a length is good for any; readers of keys take it.
    out.writeBytes(
        new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length});
    out.writeBytes(content);
    return out.toByteArray();
  }
}

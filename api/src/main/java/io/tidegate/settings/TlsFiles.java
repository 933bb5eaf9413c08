package io.tidegate.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the public port's certificate is kept; both files are PEM.
 *
 * @param certificate the server's certificate, then each issuer's
 * @param key its private key, without a passphrase
 */
public record TlsFiles(Path certificate, Path key) {
  /** Null when neither is set: the public port speaks plain HTTP. */
  static @Nullable TlsFiles read(Variables variables) {
    String certificate = variables.get("TIDEGATE_TLS_CERT");
    String key = variables.get("TIDEGATE_TLS_KEY");
    if (certificate == null && key == null) {
      return null;
    }
    if (certificate == null || key == null) {
      throw new SettingsException(
          "TIDEGATE_TLS_CERT and TIDEGATE_TLS_KEY go together: set both or none");
    }
    return new TlsFiles(Path.of(certificate), Path.of(key));
  }
}

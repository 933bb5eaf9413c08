package io.tidegate.settings;

import io.tidegate.settings.Secret.Origin;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where the installation's own secrets come from: the environment, or, with the embedded database
 * only, files made once under the data folder.
 */
final class Secrets {
  static final String OPERATOR_TOKEN_PREFIX = "tgo_";

  private static final int MIN_CHARACTERS = 32;

  /** Under this many bits by character frequency a text was typed, not drawn. */
  private static final double MIN_ENTROPY_BITS = 100;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Variables variables;
  private final @Nullable SecretFiles files;

  /**
   * @param files null when secrets may not be made here
   */
  Secrets(Variables variables, @Nullable SecretFiles files) {
    this.variables = variables;
    this.files = files;
  }

  Secret operatorToken() {
    Secret token =
        find("TIDEGATE_OPERATOR_TOKEN", "operator-token", OPERATOR_TOKEN_PREFIX + draw());
    if (!token.text().matches(OPERATOR_TOKEN_PREFIX + "[A-Za-z0-9_-]+")) {
      throw new SettingsException(
          "TIDEGATE_OPERATOR_TOKEN must be tgo_ and letters, digits, - or _:"
              + " echo tgo_$(openssl rand -hex 32)");
    }
    String drawn = token.text().substring(OPERATOR_TOKEN_PREFIX.length());
    if (drawn.length() < MIN_CHARACTERS || entropyBits(drawn) < MIN_ENTROPY_BITS) {
      throw new SettingsException(
          "TIDEGATE_OPERATOR_TOKEN is too weak, 32 random characters are the least:"
              + " echo tgo_$(openssl rand -hex 32)");
    }
    return token;
  }

  MasterKey masterKey() {
    Secret key = find("TIDEGATE_MASTER_KEY", "master-key", draw());
    try {
      return MasterKey.parse(key.text());
    } catch (IllegalArgumentException e) {
      throw new SettingsException(
          "TIDEGATE_MASTER_KEY " + e.getMessage() + ": openssl rand -base64 32");
    }
  }

  private Secret find(String variable, String file, String fresh) {
    String given = variables.secret(variable);
    if (given != null) {
      return new Secret(given, Origin.GIVEN);
    }
    if (files == null) {
      throw new SettingsException(
          variable
              + " is not set: with TIDEGATE_DATABASE_URL it must be, or "
              + variable
              + "_FILE");
    }
    String kept = files.read(file);
    if (kept != null) {
      return new Secret(kept, Origin.KEPT);
    }
    files.write(file, fresh);
    return new Secret(fresh, Origin.MADE);
  }

  private static String draw() {
    byte[] bytes = new byte[MasterKey.BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static double entropyBits(String text) {
    if ((text + text).indexOf(text, 1) < text.length()) {
      return 0; // a shorter text repeated
    }
    double bits = 0;
    for (int character : text.chars().distinct().toArray()) {
      double count = text.chars().filter(c -> c == character).count();
      bits += count * Math.log(text.length() / count) / Math.log(2);
    }
    return bits;
  }
}

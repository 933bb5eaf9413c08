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

  static final String MASTER_KEY_FILE = "master-key";

  private static final String MASTER_KEY = "TIDEGATE_MASTER_KEY";
  private static final int MIN_CHARACTERS = 32;

  /** Under this many bits by character frequency a text was typed, not drawn. */
  private static final double MIN_ENTROPY_BITS = 100;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Variables variables;
  private final @Nullable SecretFiles files;
  private final boolean keep;

  /**
   * @param files null when secrets may not be made here
   * @param keep whether what is made is kept; not when somebody only looks
   */
  Secrets(Variables variables, @Nullable SecretFiles files, boolean keep) {
    this.variables = variables;
    this.files = files;
    this.keep = keep;
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
    return parse(MASTER_KEY, find(MASTER_KEY, MASTER_KEY_FILE, draw()).text());
  }

  /** The key to seal with from now on; only a rotation knows two. */
  MasterKey newMasterKey() {
    String name = "TIDEGATE_NEW_MASTER_KEY";
    String text = variables.secret(name);
    if (text == null) {
      throw new SettingsException(name + " is not set: openssl rand -base64 32");
    }
    return parse(name, text);
  }

  /** Whether the master key is, or would be, kept in a file of ours. */
  boolean keepsMasterKey() {
    return files != null && variables.secret(MASTER_KEY) == null;
  }

  private static MasterKey parse(String name, String text) {
    try {
      return MasterKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(name + " " + e.getMessage() + ": openssl rand -base64 32");
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
    if (keep) {
      files.write(file, fresh);
    }
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

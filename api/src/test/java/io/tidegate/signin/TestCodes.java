package io.tidegate.signin;

import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** What a person's authenticator app shows. */
public final class TestCodes {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int STEP_SECONDS = 30;

  private TestCodes() {}

  /** The code of the secret's step that is so many after the one of now. */
  public static String code(String base32, int stepsAhead) {
    long step = Instant.now().getEpochSecond() / STEP_SECONDS + stepsAhead;
    return Totp.code(decode(base32), step);
  }

  /** The bytes of the secret. */
  public static byte[] decode(String base32) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int held = 0;
    for (char one : base32.toCharArray()) {
      buffer = (buffer << 5 | ALPHABET.indexOf(one)) & 0xfff;
      held += 5;
      if (held >= 8) {
        held -= 8;
        bytes.write(buffer >> held & 0xff);
      }
    }
    return bytes.toByteArray();
  }
}

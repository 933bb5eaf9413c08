package io.tidegate.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script, kept on the class path below {@code /redis}; what several need is put before it.
 *
 * @param sha what EVALSHA asks for: SHA-1 of the text in hex
 */
public record RedisScript(String text, String sha) {

  /**
   * @param names files without their ending, joined in this order
   */
  public static RedisScript of(String... names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(read("/redis/" + name + ".lua"));
    }
    return new RedisScript(text.toString(), sha1(text.toString()));
  }

  private static String read(String path) {
    try (InputStream in = RedisScript.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }
}

package io.tidegate.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of the app, in memory with what was packed beside it. They are few: the app's own.
 *
 * @param type its media type
 */
record Asset(String type, Map<Asset.Coding, Asset.Body> bodies) {
  /** How the bytes are packed, the smallest first. */
  enum Coding {
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz"),
    PLAIN("identity", "");

    private final String wireName;
    private final String suffix;

    Coding(String wireName, String suffix) {
      this.wireName = wireName;
      this.suffix = suffix;
    }

    String wireName() {
      return wireName;
    }
  }

  /**
   * @param etag of these very bytes: each packing is a representation of its own (RFC 9110, 8.8.3)
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Body(Coding coding, byte[] bytes, String etag) {}

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  /** Null when there is none of that name, or it is of no type that a page loads. */
  static @Nullable Asset read(String resource) {
    String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
    byte[] plain = type == null ? null : bytes(resource);
    if (type == null || plain == null) {
      return null;
    }
    Map<Coding, Body> bodies = new EnumMap<>(Coding.class);
    for (Coding coding : Coding.values()) {
      byte[] bytes = coding == Coding.PLAIN ? plain : bytes(resource + coding.suffix);
      if (bytes != null) {
        bodies.put(coding, new Body(coding, bytes, etag(bytes)));
      }
    }
    return new Asset(type, bodies);
  }

  /** The smallest that the client can read. */
  Body body(List<String> acceptEncoding) {
    Body plain = bodies.get(Coding.PLAIN);
    if (plain == null) {
      throw new IllegalStateException("it was read");
    }
    for (Body body : bodies.values()) {
      if (body != plain && takes(acceptEncoding, body.coding().wireName())) {
        return body;
      }
    }
    return plain;
  }

  /** Whether a coding is named with a weight that is not 0 (RFC 9110, 12.5.3). */
  private static boolean takes(List<String> acceptEncoding, String coding) {
    for (String header : acceptEncoding) {
      for (String one : header.split(",", -1)) {
        String[] parts = one.split(";", -1);
        if (parts[0].strip().equalsIgnoreCase(coding)) {
          return parts.length < 2 || !parts[1].strip().matches("(?i)q=0(\\.0{0,3})?");
        }
      }
    }
    return false;
  }

  private static byte @Nullable [] bytes(String resource) {
    try (InputStream in = Asset.class.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String etag(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

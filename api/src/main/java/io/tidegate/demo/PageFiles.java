package io.tidegate.demo;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The page's files, read from the program once. Only what exists is kept, so they are few. */
@Singleton
final class PageFiles {
  private static final Pattern NAME = Pattern.compile("[a-z]+\\.([a-z]+)");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Map<String, Found> read = new ConcurrentHashMap<>();

  /** A file with its media type and an entity tag made of its bytes. */
  record Found(String type, String etag, byte[] bytes) {}

  /** Null when there is none of this name. */
  @Nullable Found find(String name) {
    Matcher matcher = NAME.matcher(name);
    String type = matcher.matches() ? TYPES.get(matcher.group(1)) : null;
    return type == null ? null : read.computeIfAbsent(name, file -> read(file, type));
  }

  private static @Nullable Found read(String name, String type) {
    try (InputStream in = PageFiles.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) {
        return null;
      }
      byte[] bytes = in.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Found(type, '"' + HexFormat.of().formatHex(hash, 0, 12) + '"', bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

package io.tidegate.contract;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file of the reference, in memory: its bytes, their media type, a tag made of them. */
@SuppressWarnings("ArrayRecordComponent")
record DocsFile(byte[] bytes, String type, String etag) {

  static DocsFile read(String name, String type) {
    return of(resource("/docs/" + name), type);
  }

  /**
   * Of a library; the bytes are gzipped.
   *
   * @param elsewhere what it would fetch from another host, and this one gives it for that
   */
  static DocsFile zipped(String path, String type, String elsewhere, String given) {
    String text = new String(resource(path), StandardCharsets.UTF_8);
    if (!text.contains(elsewhere)) {
      throw new IllegalStateException(path + " fetches something else than " + elsewhere);
    }
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(small)) {
      zip.write(text.replace(elsewhere, given).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(small.toByteArray(), type);
  }

  private static DocsFile of(byte[] bytes, String type) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new DocsFile(bytes, type, '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static byte[] resource(String path) {
    try (InputStream file = DocsFile.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("the program was built without " + path);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The bytes, or 304 to who has them. Asked for each time, so that a new version shows at once.
   */
  MutableHttpResponse<byte[]> answer(HttpRequest<?> request) {
    boolean known = etag.equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH));
    MutableHttpResponse<byte[]> answer =
        known ? HttpResponse.notModified() : HttpResponse.ok(bytes).contentType(type);
    return answer.header(HttpHeaders.ETAG, etag).header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }
}

package io.tidegate.sdk.internal.http;

import io.tidegate.sdk.TidegateException;
import io.tidegate.sdk.internal.json.BuiltInMapper;
import io.tidegate.sdk.internal.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;

/** A good answer: 2xx. */
public record Answer(int status, byte[] body) {
  /** The body's text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as what the reader makes of it. */
  public <T> T as(Function<JsonReader, T> form) {
    try {
      return form.apply(new JsonReader(text()));
    } catch (IllegalArgumentException e) {
      throw odd(e);
    }
  }

  /** The body as what the reader makes of its text. */
  public <T> T read(Function<String, T> form) {
    try {
      return form.apply(text());
    } catch (IllegalArgumentException e) {
      throw odd(e);
    }
  }

  /** The body as a record of the contract. */
  public <T> T value(Class<T> type) {
    return read(text -> Objects.requireNonNull(BuiltInMapper.INSTANCE.read(text, type)));
  }

  private static TidegateException odd(IllegalArgumentException e) {
    return TidegateException.local(
        TidegateException.Local.ODD_ANSWER, "The answer breaks the contract: " + e.getMessage(), e);
  }
}

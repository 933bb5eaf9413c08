package io.tidegate.sdk.internal.json;

/** Text that is no JSON, or not the JSON that was wanted. */
public final class JsonException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }

  static JsonException at(int offset, String message) {
    return new JsonException(message + " at offset " + offset);
  }
}

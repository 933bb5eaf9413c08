package io.tidegate.sdk;

import io.tidegate.sdk.internal.json.JsonWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a hook answers: send {@link #json} with 200 and {@code application/json}. */
public final class HookDecision {
  private final Map<String, @Nullable Object> fields;

  private HookDecision(Map<String, @Nullable Object> fields) {
    this.fields = fields;
  }

  /** It goes on as it is. */
  public static HookDecision allow() {
    return new HookDecision(Map.of("decision", "allow"));
  }

  /** It is refused; who asked is told the reason. */
  public static HookDecision refuse(String reason) {
    return new HookDecision(Map.of("decision", "refuse", "reason", reason));
  }

  /** {@code before-publish}: these messages instead, as many, in the same order, each whole. */
  public static HookDecision messages(List<? extends Map<String, ?>> messages) {
    return new HookDecision(Map.of("decision", "change", "messages", messages));
  }

  /** {@code connect}: let in, with less. Each null leaves it as it is. */
  public static HookDecision connect(
      @Nullable String clientId,
      @Nullable Map<String, List<String>> capabilities,
      @Nullable Long expiresInSeconds) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("decision", "change");
    if (clientId != null) {
      fields.put("clientId", clientId);
    }
    if (capabilities != null) {
      fields.put("capabilities", capabilities);
    }
    if (expiresInSeconds != null) {
      fields.put("expiresInSeconds", expiresInSeconds);
    }
    return new HookDecision(fields);
  }

  /** The answer's body. */
  public String json() {
    return JsonWriter.write(fields);
  }

  @Override
  public String toString() {
    return json();
  }
}

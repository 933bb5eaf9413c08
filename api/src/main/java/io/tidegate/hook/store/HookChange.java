package io.tidegate.hook.store;

import io.tidegate.channel.ChannelPattern;
import io.tidegate.hook.OnFailure;
import io.tidegate.problem.FieldError;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.webhook.send.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a hook is to be; null leaves a part as it is, or as it begins. */
public record HookChange(
    @Nullable String name,
    @Nullable Target url,
    @Nullable ChannelPattern pattern,
    @Nullable OnFailure onFailure,
    @Nullable Integer timeoutMs,
    @Nullable Integer cacheSeconds,
    @Nullable Boolean enabled) {

  /**
   * @throws RefusedException {@link Refusal#FIELD_INVALID} for a field of the other kind
   */
  void requireFor(boolean connect) {
    if (connect && pattern != null) {
      throw misplaced("pattern", "is for before-publish hooks");
    }
    if (!connect && cacheSeconds != null) {
      throw misplaced("cacheSeconds", "is for connect hooks");
    }
  }

  private static RefusedException misplaced(String field, String message) {
    FieldError error = new FieldError("/" + field, message);
    return RefusedException.ofFields(Refusal.FIELD_INVALID, field + " " + message, List.of(error));
  }
}

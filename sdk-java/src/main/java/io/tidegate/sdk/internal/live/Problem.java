package io.tidegate.sdk.internal.live;

import io.tidegate.sdk.internal.json.JsonTree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a refused handshake says (RFC 9457). */
record Problem(int code, String text) {
  static @Nullable Problem read(String body) {
    try {
      if (JsonTree.parse(body) instanceof Map<?, ?> map && map.get("code") instanceof Long code) {
        Object detail = map.get("detail") == null ? map.get("title") : map.get("detail");
        return new Problem((int) (long) code, String.valueOf(detail));
      }
    } catch (RuntimeException e) {
      // A proxy's page: the status alone counts.
    }
    return null;
  }
}

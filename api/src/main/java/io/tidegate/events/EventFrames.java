package io.tidegate.events;

import io.tidegate.control.ControlPrincipal;
import io.tidegate.control.Views;
import io.tidegate.json.StrictJson;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.store.AuditEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stream's frames, as {@code openapi/asyncapi.yaml} has them. */
final class EventFrames {
  private EventFrames() {}

  static String ready(ControlPrincipal who) {
    Map<String, @Nullable Object> frame = frame("ready");
    frame.put("role", who.role().wireName());
    frame.put("tenantId", who.ownTenant());
    return StrictJson.write(frame);
  }

  static String audit(AuditEvent event) {
    Map<String, @Nullable Object> frame = frame("audit");
    frame.put("event", Views.of(event));
    return StrictJson.write(frame);
  }

  static String node(String id, String version, String state) {
    Map<String, @Nullable Object> frame = frame("node");
    frame.put("id", id);
    frame.put("version", version);
    frame.put("state", state);
    return StrictJson.write(frame);
  }

  static String skipped(long count) {
    Map<String, @Nullable Object> frame = frame("skipped");
    frame.put("count", count);
    return StrictJson.write(frame);
  }

  static String error(RefusedException refused) {
    Map<String, @Nullable Object> frame = frame("error");
    frame.put("code", refused.refusal().code());
    frame.put("message", refused.detail());
    if (refused.retryAfterMillis() != null) {
      frame.put("retryAfterMs", refused.retryAfterMillis());
    }
    return StrictJson.write(frame);
  }

  private static Map<String, @Nullable Object> frame(String type) {
    Map<String, @Nullable Object> frame = new LinkedHashMap<>();
    frame.put("type", type);
    return frame;
  }
}

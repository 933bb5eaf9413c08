package io.tidegate.tenant.store;

import io.tidegate.json.StrictJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be set of an app beside its name. What was never set is as here.
 *
 * @param allowedOrigins whose pages may use it; none
 * @param messagePreviews whether its log shows what is published; true
 */
public record AppSettings(List<String> allowedOrigins, boolean messagePreviews) {
  /** Of which nobody has set any. */
  public static final AppSettings UNSET = new AppSettings(List.of(), true);

  private static final String ORIGINS = "allowedOrigins";
  private static final String PREVIEWS = "messagePreviews";

  static AppSettings read(String json) {
    Map<String, ?> settings = StrictJson.parseObject(json);
    List<String> origins =
        settings.get(ORIGINS) instanceof List<?> list
            ? list.stream().map(String::valueOf).toList()
            : List.of();
    return new AppSettings(origins, !Boolean.FALSE.equals(settings.get(PREVIEWS)));
  }

  /**
   * A change: null leaves a part as it is.
   *
   * @param allowedOrigins instead of the others
   */
  public record Change(@Nullable List<String> allowedOrigins, @Nullable Boolean messagePreviews) {
    public AppSettings of(AppSettings old) {
      return new AppSettings(
          allowedOrigins == null ? old.allowedOrigins : allowedOrigins,
          messagePreviews == null ? old.messagePreviews : messagePreviews);
    }
  }

  /** As it is stored and shown. */
  public Map<String, Object> view() {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put(ORIGINS, allowedOrigins);
    view.put(PREVIEWS, messagePreviews);
    return view;
  }

  String json() {
    return StrictJson.write(view());
  }
}

package io.tidegate.console;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The built app: what of it there is under {@code /console} on the class path. */
@Singleton
final class ConsoleFiles {
  private static final String FOLDER = "/console/";

  /** Two levels, no segment beginning with a dot: nothing that leads anywhere else. */
  private static final Pattern NAME =
      Pattern.compile("(assets/)?[A-Za-z0-9_-][A-Za-z0-9_.-]{0,150}");

  /** Only what exists is kept. */
  private final Map<String, Asset> read = new ConcurrentHashMap<>();

  /** The page that all of it begins with; null when the app was not built into this program. */
  @Nullable String page() {
    Asset index = find("index.html");
    return index == null
        ? null
        : new String(index.body(java.util.List.of()).bytes(), StandardCharsets.UTF_8);
  }

  @Nullable Asset find(String name) {
    return NAME.matcher(name).matches()
        ? read.computeIfAbsent(name, file -> Asset.read(FOLDER + file))
        : null;
  }
}

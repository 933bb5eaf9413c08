package io.tidegate.faults.check;

import io.tidegate.faults.check.Violation.Kind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One (epoch, seq) is one message, whoever tells it. */
final class Contents {
  private final Violations violations;
  private final Map<Place, String> ids = new HashMap<>();
  private final Map<Place, String> data = new HashMap<>();

  Contents(Violations violations) {
    this.violations = violations;
  }

  /**
   * @param text null: the teller knows only the id
   */
  void saw(String teller, Place place, String id, @Nullable String text) {
    differs(teller, place, id, ids.putIfAbsent(place, id));
    if (text != null) {
      differs(teller, place, text, data.putIfAbsent(place, text));
      boolean own = text.startsWith(place.app() + "/" + place.channel() + "/" + id + "/");
      if (!own) {
        violations.add(Kind.LEAK, teller + " was given " + text + " as " + id + " of " + place);
      }
    }
  }

  private void differs(String teller, Place place, String now, @Nullable String before) {
    if (before != null && !before.equals(now)) {
      violations.add(
          Kind.TWO_CONTENTS, place + " is " + now + " for " + teller + ", and was " + before);
    }
  }
}

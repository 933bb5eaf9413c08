package io.tidegate.log;

import org.jspecify.annotations.Nullable;

/** Where the names with a prefix end, in order of code points. */
final class PrefixEnd {
  private PrefixEnd() {}

  /** The smallest text above every text that begins so; null when there is none. */
  static @Nullable String of(String prefix) {
    int[] points = prefix.codePoints().toArray();
    for (int last = points.length - 1; last >= 0; last--) {
      if (points[last] < Character.MAX_CODE_POINT) {
        int next = points[last] + 1;
        if (next >= Character.MIN_SURROGATE && next <= Character.MAX_SURROGATE) {
          next = Character.MAX_SURROGATE + 1;
        }
        points[last] = next;
        return new String(points, 0, last + 1);
      }
    }
    return null;
  }
}

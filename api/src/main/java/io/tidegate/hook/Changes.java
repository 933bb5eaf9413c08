package io.tidegate.hook;

import java.util.Map;
import java.util.Set;

/** Reads what a hook has changed. */
public interface Changes<T> {
  /** The fields that a change has besides {@code decision}. */
  Set<String> fields();

  /**
   * @param json the whole answer
   * @param answer the same, read strictly; it has no other fields than {@link #fields}
   * @throws io.tidegate.problem.RefusedException with the rule that the change breaks
   */
  T read(byte[] json, Map<String, Object> answer);
}

package io.tidegate.json;

import io.tidegate.problem.FieldError;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which members an object has, which were asked for, and where it stands in its body; {@link
 * Fields} says what their values may be. A member that nobody asked for is a fault.
 */
abstract class Members {
  private final Map<String, Object> values;
  private final String prefix;
  private final Set<String> known = new TreeSet<>();
  private final List<Members> children = new ArrayList<>();
  private final Faults faults;

  /**
   * @param prefix the object's JSON pointer with a slash behind it
   */
  Members(Map<String, Object> values, String prefix, Faults faults) {
    this.values = values;
    this.prefix = prefix;
    this.faults = faults;
  }

  /**
   * The end of reading.
   *
   * @throws RefusedException naming every unknown, missing or invalid field
   */
  public final void check() {
    reportUnknown();
    faults.raise();
  }

  /** Whether the field is there, be it null. */
  public final boolean has(String name) {
    known.add(name);
    return values.containsKey(name);
  }

  /** A fault of this field, found by the caller. */
  public final void fault(String name, String message) {
    faults.add(Refusal.FIELD_INVALID, prefix + name, message);
  }

  /** A fault of the object as a whole. */
  public final void faultOfAll(String message) {
    faults.add(Refusal.FIELD_INVALID, prefix.substring(0, prefix.length() - 1), message);
  }

  /** The names of all fields, for objects whose keys are data. */
  public final Set<String> names() {
    known.addAll(values.keySet());
    return values.keySet();
  }

  /** A fault unless there is some field at all. */
  public final void requireAny() {
    if (values.isEmpty()) {
      faultOfAll("must have at least one field");
    }
  }

  /** A nested object at {@code path}, which is checked with this one. */
  final Fields child(String path, Map<String, Object> map) {
    Fields fields = new Fields(map, prefix + path + "/", faults);
    children.add(fields);
    return fields;
  }

  /** A fault of this field with a row of its own. */
  final void fault(Refusal refusal, String name, String message) {
    faults.add(refusal, prefix + name, message);
  }

  final @Nullable Object get(String name) {
    return values.get(name);
  }

  final boolean isNull(String name) {
    return has(name) && values.get(name) == null;
  }

  final <T> @Nullable T typed(String name, Class<T> type, String message) {
    if (!has(name)) {
      return null;
    }
    Object value = values.get(name);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    fault(name, message);
    return null;
  }

  private void reportUnknown() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        faults.add(Refusal.FIELD_UNKNOWN, prefix + FieldError.step(name), "is not a field of this");
      }
    }
    children.forEach(Members::reportUnknown);
  }
}

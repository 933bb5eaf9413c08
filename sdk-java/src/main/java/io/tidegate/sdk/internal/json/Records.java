package io.tidegate.sdk.internal.json;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records by reflection; a named module opens their package to {@code io.tidegate.sdk}. */
final class Records {
  private Records() {}

  static @Nullable Object get(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new JsonException("cannot read " + component + ": " + e);
    }
  }

  /**
   * Of the members it names; absent ones are null (a primitive: refused), others are passed over.
   */
  static Object make(Class<?> type, Map<?, ?> members) {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] =
          Conversion.to(components[i].getGenericType(), members.get(components[i].getName()));
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new JsonException("not a " + type.getSimpleName() + ": " + e.getCause());
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new JsonException(
          "cannot make " + type.getName() + " of " + Arrays.toString(types) + ": " + e);
    }
  }
}

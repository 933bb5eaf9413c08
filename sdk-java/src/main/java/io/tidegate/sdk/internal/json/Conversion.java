package io.tidegate.sdk.internal.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A value of {@link JsonTree} as what a caller wants. A number that does not fit is refused. */
final class Conversion {
  private Conversion() {}

  static @Nullable Object to(Type type, @Nullable Object value) {
    if (type instanceof Class<?> raw) {
      return plain(raw, value);
    }
    if (type instanceof WildcardType wildcard) {
      return to(wildcard.getUpperBounds()[0], value);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == Optional.class) {
        return Optional.ofNullable(to(arguments[0], value));
      }
      if (value == null) {
        return null;
      }
      if (generic.getRawType() == List.class && value instanceof List<?> items) {
        List<@Nullable Object> list = new ArrayList<>();
        items.forEach(item -> list.add(to(arguments[0], item)));
        return list;
      }
      if (generic.getRawType() == Map.class && value instanceof Map<?, ?> members) {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        members.forEach((name, member) -> map.put(name, to(arguments[1], member)));
        return map;
      }
    }
    throw unfit(type, value);
  }

  private static @Nullable Object plain(Class<?> type, @Nullable Object value) {
    if (type == Object.class) {
      return value;
    }
    if (type == OptionalLong.class) {
      return value == null
          ? OptionalLong.empty()
          : OptionalLong.of(decimal(type, value).longValueExact());
    }
    if (value == null) {
      if (type.isPrimitive()) {
        throw unfit(type, null);
      }
      return null;
    }
    if (type.isInstance(value)) {
      return value;
    }
    if (type.isRecord() && value instanceof Map<?, ?> members) {
      return Records.make(type, members);
    }
    if (type == boolean.class && value instanceof Boolean) {
      return value;
    }
    if (value instanceof String text) {
      return fromText(type, text);
    }
    try {
      return number(type, decimal(type, value));
    } catch (ArithmeticException e) {
      throw unfit(type, value);
    }
  }

  private static Object fromText(Class<?> type, String text) {
    if (type == Instant.class) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw unfit(type, text);
      }
    }
    if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(text)) {
          return constant;
        }
      }
    }
    throw unfit(type, text);
  }

  private static Object number(Class<?> type, BigDecimal number) {
    if (type == int.class || type == Integer.class) {
      return number.intValueExact();
    }
    if (type == long.class || type == Long.class) {
      return number.longValueExact();
    }
    if (type == double.class || type == Double.class) {
      return number.doubleValue();
    }
    if (type == float.class || type == Float.class) {
      return number.floatValue();
    }
    if (type == short.class || type == Short.class) {
      return number.shortValueExact();
    }
    if (type == byte.class || type == Byte.class) {
      return number.byteValueExact();
    }
    if (type == BigInteger.class) {
      return number.toBigIntegerExact();
    }
    if (type == BigDecimal.class) {
      return number;
    }
    throw unfit(type, number);
  }

  private static BigDecimal decimal(Type type, Object value) {
    if (value instanceof Long whole) {
      return BigDecimal.valueOf(whole);
    }
    if (value instanceof BigInteger big) {
      return new BigDecimal(big);
    }
    if (value instanceof BigDecimal exact) {
      if (Math.abs((long) exact.scale()) > JsonScanner.MAX_NUMBER) {
        throw unfit(type, "a number with this exponent");
      }
      return exact;
    }
    throw unfit(type, value);
  }

  private static JsonException unfit(Type type, @Nullable Object value) {
    String what = value == null ? "null" : value.getClass().getSimpleName();
    return new JsonException("JSON's " + what + " is no " + type.getTypeName());
  }
}

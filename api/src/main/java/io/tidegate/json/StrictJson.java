package io.tidegate.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value as plain Java: {@code Map} (in order), {@code List}, {@code String}, {@code
 * Boolean}, {@code Long} or {@code BigDecimal}, null. Refuses what interoperable JSON (RFC 7493)
 * does not allow: repeated keys, halves of surrogate pairs; and what costs too much: deep nesting,
 * endless numbers.
 */
public final class StrictJson {
  /** Deep nesting is an attack on the reader's stack, never data. */
  public static final int MAX_DEPTH = 32;

  /** A number of a million digits takes minutes to convert. */
  public static final int MAX_DIGITS = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          // JSON between systems is UTF-8 (RFC 8259): nothing is guessed from the first bytes.
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          // Interned names of strangers' making would outlive their request.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_DIGITS)
                  .build())
          .build();

  private StrictJson() {}

  /**
   * @throws RefusedException {@link Refusal#JSON_INVALID}
   */
  public static @Nullable Object parse(byte[] utf8) {
    try (JsonParser parser = parser(utf8, 0, utf8.length)) {
      if (!Surrogates.arePaired(utf8, 0, utf8.length)) {
        throw new RefusedException(
            Refusal.JSON_INVALID, "A string has half of a surrogate pair, such as \\ud800 alone.");
      }
      return whole(parser);
    } catch (IOException e) {
      throw invalid(e);
    }
  }

  /**
   * @throws RefusedException {@link Refusal#JSON_INVALID}
   */
  public static @Nullable Object parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A parser with the same rules, for reading without a tree. Its {@code IOException}s are made
   * refusals by {@link #invalid}.
   *
   * <p>Whether surrogates are paired is left to the reader, who can say where they are not.
   *
   * @throws RefusedException {@link Refusal#JSON_INVALID} when the bytes are not UTF-8
   */
  public static JsonParser parser(byte[] json, int from, int length) throws IOException {
    if (!Utf8.isValid(json, from, length)) {
      throw new RefusedException(Refusal.JSON_INVALID, "The body is not UTF-8.");
    }
    return FACTORY.createParser(json, from, length);
  }

  /** An object that this program wrote, such as a jsonb column. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> parseObject(String text) {
    Object value = parse(text);
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new RefusedException(Refusal.JSON_INVALID, "not a JSON object");
  }

  /** The text of a value made of what {@link #parse} returns, and of any other number. */
  public static String write(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(generator, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static @Nullable Object whole(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw new RefusedException(Refusal.JSON_INVALID, "there is no JSON value");
    }
    Object value = value(parser);
    if (parser.nextToken() != null) {
      throw new RefusedException(Refusal.JSON_INVALID, "something follows the JSON value");
    }
    return value;
  }

  static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> {
        BigInteger number = parser.getBigIntegerValue();
        yield number.bitLength() < Long.SIZE ? (Object) number.longValue() : new BigDecimal(number);
      }
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new RefusedException(Refusal.JSON_INVALID, "not a JSON value");
    };
  }

  /** An exponent may have more digits than any number has room for. */
  private static BigDecimal decimal(JsonParser parser) throws IOException {
    try {
      return parser.getDecimalValue();
    } catch (NumberFormatException e) {
      throw new RefusedException(Refusal.JSON_INVALID, "A number is too large to be read.");
    }
  }

  private static void write(JsonGenerator generator, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> generator.writeNull();
      case Map<?, ?> map -> {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          generator.writeFieldName(String.valueOf(entry.getKey()));
          write(generator, entry.getValue());
        }
        generator.writeEndObject();
      }
      case Iterable<?> items -> {
        generator.writeStartArray();
        for (Object item : items) {
          write(generator, item);
        }
        generator.writeEndArray();
      }
      case Boolean flag -> generator.writeBoolean(flag);
      case BigDecimal number -> generator.writeNumber(number);
      case Number number -> generator.writeNumber(number.longValue());
      default -> generator.writeString(value.toString());
    }
  }

  /** The refusal of text that is not JSON, or breaks the rules named above. */
  public static RefusedException invalid(IOException e) {
    String where = "";
    if (e instanceof JsonProcessingException fault && fault.getLocation() != null) {
      where =
          " at line "
              + fault.getLocation().getLineNr()
              + ", column "
              + fault.getLocation().getColumnNr();
    }
    return new RefusedException(
        Refusal.JSON_INVALID,
        "The body is not valid JSON" + where + ": keys once, nesting to 32, numbers to 64 digits.");
  }
}

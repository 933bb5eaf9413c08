package io.tidegate.sdk.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is written is read the same, here and by Jackson; whatever is read never does worse than
 * refuse.
 */
class JsonPropertyTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @Property(tries = 300)
  void whatIsWrittenIsReadTheSame(@ForAll("values") Object value) throws JsonProcessingException {
    String json = JsonWriter.write(value);
    assertThat(JsonTree.parse(json)).isEqualTo(value);
    assertThat(JACKSON.readTree(JsonWriter.write(JsonTree.parse(json))))
        .isEqualTo(JACKSON.readTree(json));
  }

  @Property(tries = 1000)
  void anyTextIsReadOrRefused(@ForAll("nearlyJson") String text) {
    try {
      Object value = JsonTree.parse(text);
      assertThat(JsonTree.parse(JsonWriter.write(value))).isEqualTo(value);
    } catch (JsonException refused) {
      assertThat(refused.getMessage()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.randomValue(random -> value(random, 4));
  }

  @Provide
  Arbitrary<String> nearlyJson() {
    return Arbitraries.strings()
        .withChars("{}[]\",:\\utrfalsn0123456789.eE+- \n\uD83D\uDE00")
        .ofMaxLength(24);
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 7)) {
      case 0 -> text(random);
      case 1 -> random.nextBoolean() ? random.nextLong() : (long) random.nextInt(1000);
      case 2 -> BigInteger.ONE.shiftLeft(64).add(new BigInteger(200, random));
      // With a scale: JSON would not write it as an integer.
      case 3 -> new BigDecimal(new BigInteger(80, random), 1 + random.nextInt(30));
      case 4 -> random.nextBoolean();
      case 5 ->
          IntStream.range(0, random.nextInt(5)).mapToObj(i -> value(random, depth - 1)).toList();
      default -> map(random, depth - 1);
    };
  }

  private static Object map(Random random, int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      map.put(text(random), value(random, depth));
    }
    return map;
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(12), 0, 0x11000)
        .filter(point -> point < 0xD800 || point > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}

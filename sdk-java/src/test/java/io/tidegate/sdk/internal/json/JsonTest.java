package io.tidegate.sdk.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.sdk.JsonMapper;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cases of nst/JSONTestSuite that matter, by its names y_ and n_, and what goes beyond RFC
 * 8259.
 */
class JsonTest {
  enum Colour {
    RED
  }

  record Inner(int n) {}

  record Outer(
      String text,
      long big,
      double real,
      Colour colour,
      Optional<String> maybe,
      List<Inner> inner) {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[[]   ]",
        "[\"\"]",
        "[false]",
        "[null, 1, \"1\", {}]",
        "[1\n]",
        " [1]",
        "[2] ",
        "{}",
        "{\"\":0}",
        "{\"foo\\u0000bar\": 42}",
        "{\"min\": -1.0e+28, \"max\": 1.0e+28}",
        "[123e65]",
        "[0e+1]",
        "[0e1]",
        "[ 4]",
        "[-0]",
        "[-0.0]",
        "[1E22]",
        "[1E-2]",
        "[1E+2]",
        "[123.456e78]",
        "[1.000000000000000005]",
        "[\"\\u0060\\u012a\\u12AB\"]",
        "[\"\\uD801\\udc37\"]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
        "[\"a/*b*/c\"]",
        "[\"\u2028\"]",
        "[\"\u007f\"]",
        "\"\"",
        "true",
        "null",
        "42",
        "-0.1",
        "\t[ \"asd\"]\r\n",
        "[\"\uD83D\uDE00\"]"
      })
  void jsonIsTaken(String text) {
    Object value = JsonTree.parse(text);
    assertThat(JsonTree.parse(JsonWriter.write(value))).isEqualTo(value);
    JsonReader reader = new JsonReader(text);
    assertThat(JsonTree.parse(reader.raw())).isEqualTo(value);
    reader.end();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[1 true]",
        "[\"\": 1]",
        "[\"\"],",
        "[,1]",
        "[1,,2]",
        "[1,]",
        "[,]",
        "[\"x\"",
        "[x",
        "[1",
        "[",
        "]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\" b}",
        "{\"a\":\"a\" 123}",
        "{key: 'v'}",
        "{\"a\":1,}",
        "{\"a\":1,,\"b\":2}",
        "{1:1}",
        "{'a':0}",
        "{\"a\":1}}",
        "[nul]",
        "[tru]",
        "[True]",
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[+1]",
        "[01]",
        "[-01]",
        "[.5]",
        "[1.]",
        "[2.e3]",
        "[1e]",
        "[1e+]",
        "[0x1]",
        "[-]",
        "[--1]",
        "[1.2.3]",
        "[1 000]",
        "[- 1]",
        "1 2",
        "[\"\n\"]",
        "[\"\t\"]",
        "[\"\\x00\"]",
        "[\"\\a\"]",
        "[\"\\u00A\"]",
        "[\"\\u\"]",
        "[\"\\\"]",
        "[\"\\uD800\"]",
        "[\"\\uDC00\\uD800\"]",
        "[\"\uD800\"]",
        "'a'",
        "[1]x",
        "/**/1",
        "[1]//",
        "\uFEFF[]",
        "\u00a0[]",
        "[\u000c]",
        "{\"a\":1,\"a\":2}",
        "[1e99999999999]",
        "*",
        "#{}",
        "\"",
        "[\"asd]",
        "nulla",
        "truefalse"
      })
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> JsonTree.parse(text)).isInstanceOf(JsonException.class);
  }

  @Test
  void numbersAreExact() {
    assertThat(JsonTree.parse("9007199254740993")).isEqualTo(9_007_199_254_740_993L);
    assertThat(JsonTree.parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(JsonTree.parse("9223372036854775808"))
        .isEqualTo(new BigInteger("9223372036854775808"));
    assertThat(JsonTree.parse("0.10")).isEqualTo(new BigDecimal("0.10"));
    assertThat(JsonTree.parse("1e2")).isEqualTo(new BigDecimal("1E+2"));
  }

  @Test
  void depthAndLengthAreBounded() {
    assertThat(JsonTree.parse(nested(JsonReader.MAX_DEPTH))).isNotNull();
    assertThatThrownBy(() -> JsonTree.parse(nested(JsonReader.MAX_DEPTH + 1)))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> new JsonReader("[".repeat(1_000_000)).skip())
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> JsonTree.parse("1".repeat(JsonReader.MAX_NUMBER + 1)))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> JsonMapper.builtIn().read("1e999999999", long.class))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void recordsGoThereAndBack() throws Exception {
    Outer outer =
        new Outer("t", 1L << 60, 0.5, Colour.RED, Optional.empty(), List.of(new Inner(1)));
    String json = JsonMapper.builtIn().write(outer);
    assertThat(json)
        .isEqualTo(
            "{\"text\":\"t\",\"big\":1152921504606846976,\"real\":0.5,\"colour\":\"RED\","
                + "\"maybe\":null,\"inner\":[{\"n\":1}]}");
    assertThat(JsonMapper.builtIn().read(json, Outer.class)).isEqualTo(outer);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    JsonMapper mapper = JsonMapper.builtIn();
    assertThatThrownBy(() -> mapper.read("{\"n\":1.5}", Inner.class))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> mapper.read("{\"n\":3000000000}", Inner.class))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> mapper.read("{}", Inner.class)).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> mapper.read("\"BLUE\"", Colour.class))
        .isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> mapper.write(Double.NaN)).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> mapper.write("\uD800")).isInstanceOf(JsonException.class);
    assertThatThrownBy(() -> mapper.write(new Object())).isInstanceOf(JsonException.class);
  }

  @Test
  void arraysMapsAndNullsAreWritten() {
    Object value = Arrays.asList(new int[] {1, 2}, Map.of("k", true), null, 'c', 1.5f);
    assertThat(JsonWriter.write(value)).isEqualTo("[[1,2],{\"k\":true},null,\"c\",1.5]");
    assertThat(JsonWriter.write("\u0001\"\\\n\u007f")).isEqualTo("\"\\u0001\\\"\\\\\\n\u007f\"");
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }
}

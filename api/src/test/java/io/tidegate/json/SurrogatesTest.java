package io.tidegate.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurrogatesTest {
  /** Java's own encoder puts a question mark in the place of half a pair. */
  @Property(tries = 2_000)
  void textIsWholeWhenItComesBackFromUtf8(@ForAll("texts") String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    boolean whole = new String(utf8, StandardCharsets.UTF_8).equals(text);
    assertThat(Surrogates.arePaired(text)).isEqualTo(whole);
    assertThat(escaped(text)).isEqualTo(whole);
  }

  /** Every character as an escape, between characters that are none. */
  private static boolean escaped(String text) {
    String json =
        text.chars()
            .mapToObj(unit -> "\\u%04x".formatted(unit))
            .collect(Collectors.joining("", "{\"a\\\\\":\"", "\\n\"}"));
    byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
    return Surrogates.arePaired(bytes, 0, bytes.length);
  }

  @Property(tries = 2_000)
  void escapesOfJsonAreReadAsTheWriterMeantThem(@ForAll("whole") String text) {
    String json = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    byte[] bytes = ("\"" + json + "\"").getBytes(StandardCharsets.UTF_8);
    assertThat(Surrogates.arePaired(bytes, 0, bytes.length)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\\\ud800\"",
        "\"\\\\\\\\ud800\"",
        "\"ud800\"",
        "\"\\ud83d\\ude00\"",
        "\"\\uD83D\\uDE00\"",
        "\"\\ud7ff\\ue000\"",
        "\"\\u",
        "\"\\ud8",
        "\\",
        "\"\\ud8zz\"",
        ""
      })
  void whatIsWholeOrNoJsonPasses(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
    assertThat(Surrogates.arePaired(bytes, 0, bytes.length)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udfff\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\\\\\\ud800\"",
        "\"\\ud83dx\\ude00\"",
        "\"\\ud83d\\",
        "\"\\ud83d\\ude"
      })
  void halvesAreFound(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.US_ASCII);
    assertThat(Surrogates.arePaired(bytes, 0, bytes.length)).isFalse();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "\\", "\"", "é", "\ud83d\ude00", "\ud83d", "\ude00", "\ue000", "u")
        .list()
        .ofMaxSize(6)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> whole() {
    return texts().filter(Surrogates::arePaired);
  }
}

package io.tidegate.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.channel.Draft;
import io.tidegate.problem.FieldError;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftReaderTest {
  private static final AppPrincipal KEY = Principals.key();

  @Test
  void everyFieldIsTakenOver() {
    Draft draft =
        one(
            """
            {"id":"order-981","name":"order","data":{"total": 12.50},"clientId":"ada",
             "headers":{"currency":"EUR"},"exclude":"n1-conn"}""");
    assertThat(draft.id()).isEqualTo("order-981");
    assertThat(draft.name()).isEqualTo("order");
    assertThat(draft.data()).isEqualTo("{\"total\": 12.50}".getBytes(UTF_8));
    assertThat(draft.clientId()).isEqualTo("ada");
    assertThat(draft.headers()).isEqualTo("{\"currency\":\"EUR\"}".getBytes(UTF_8));
    assertThat(draft.exclude()).isEqualTo("n1-conn");
    assertThat(draft.encoding()).isNull();
    assertThat(draft.connectionId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "12.50",
        "1e3",
        "1.0E-10",
        "123456789012345678901234567890.123456789",
        "\"\"",
        "\"a\"",
        "\"\\u00e9\\/\\n\\ud83d\\ude00\"",
        "\"grüße 😀\"",
        "[]",
        "{}",
        "[ 1 , 2 ]",
        "{ \"a\" : { \"b\" : [ null ] } }",
        "\"}],:{\""
      })
  void dataKeepsItsBytes(String data) {
    assertThat(text(one("{\"data\":" + data + "}"))).isEqualTo(data);
    assertThat(text(one("  {  \"name\" : \"n\" ,  \"data\" :  " + data + "  }  "))).isEqualTo(data);
    List<Draft> several = read("[{\"data\":" + data + "},{\"data\":" + data + ",\"name\":\"n\"}]");
    assertThat(several).extracting(DraftReaderTest::text).containsExactly(data, data);
  }

  @Test
  void dataIsOneLineWhateverItsLayout() {
    Draft draft = one("{\"data\":{\r\n\t\"a\":\n[1,\r2]}, \"headers\":{\n\"h\":\"v\"\r\n}}");
    assertThat(text(draft)).isEqualTo("{  \t\"a\": [1, 2]}");
    assertThat(draft.headers()).isEqualTo("{ \"h\":\"v\"  }".getBytes(UTF_8));
  }

  @Test
  void anArrayIsReadFromTheMiddleOfAFrame() {
    String frame =
        "{\"type\":\"publish\",\"messages\":[{\"data\":\"ü\"},{\"data\":2}],\"id\":\"5\"}";
    byte[] bytes = frame.getBytes(UTF_8);
    int from = frame.indexOf('[');
    int length = frame.indexOf(']') + 2 - from;
    List<Draft> drafts =
        DraftReader.readArray(bytes, from, length, "messages", Principals.token("ada"), "n1-c");
    assertThat(drafts).extracting(DraftReaderTest::text).containsExactly("\"ü\"", "2");
    assertThat(drafts).allSatisfy(draft -> assertThat(draft.connectionId()).isEqualTo("n1-c"));
    assertThat(drafts).allSatisfy(draft -> assertThat(draft.clientId()).isEqualTo("ada"));
  }

  @Test
  void aFrameMustHoldAnArray() {
    byte[] json = "{\"data\":1}".getBytes(UTF_8);
    assertThat(
            refusal(() -> DraftReader.readArray(json, 0, json.length, "messages", KEY, null))
                .refusal())
        .isEqualTo(Refusal.JSON_INVALID);
  }

  @Test
  void madeIdsAreDistinctAndSafeInAddresses() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      read("[" + "{\"data\":1},".repeat(99) + "{\"data\":1}]").forEach(d -> ids.add(d.id()));
    }
    assertThat(ids).hasSize(20_000).allMatch(id -> id.matches("[0-9a-z]{20}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{",
        "[",
        "nonsense",
        "\"text\"",
        "5",
        "{\"data\":1}{\"data\":2}",
        "{\"data\":1}]",
        "{\"data\":1,\"data\":2}",
        "{\"data\":{\"a\":1,\"a\":2}}",
        "{\"data\":01}",
        "{\"data\":NaN}",
        "{\"data\":'single'}",
        "{\"data\":\"line\nend\"}",
        "{\"data\":1,}",
        "{\"data\":11111111111111111111111111111111111111111111111111111111111111111}",
        "{\"headers\":{\"a\":\"1\",\"a\":\"2\"},\"data\":1}"
      })
  void whatIsNotStrictJsonIsRefused(String body) {
    assertThat(refused(body).refusal()).isEqualTo(Refusal.JSON_INVALID);
  }

  @Test
  void nestingIsBounded() {
    String deepest = "[".repeat(31) + "]".repeat(31);
    assertThat(text(one("{\"data\":" + deepest + "}"))).isEqualTo(deepest);
    assertThat(refused("{\"data\":[" + deepest + "]}").refusal()).isEqualTo(Refusal.JSON_INVALID);
  }

  @Test
  void bytesThatAreNotUtf8AreRefusedEvenInsideOfData() {
    byte[][] wrong = {
      {(byte) 0xc0, (byte) 0xaf},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0x80},
      {(byte) 0xe2, (byte) 0x82}
    };
    for (byte[] bytes : wrong) {
      byte[] body = "{\"data\":\"12345678....\"}".getBytes(UTF_8);
      System.arraycopy(bytes, 0, body, 17, bytes.length);
      assertThat(refusal(() -> DraftReader.readBody(body, KEY)).refusal())
          .isEqualTo(Refusal.JSON_INVALID);
    }
    byte[] utf16 = "{\"data\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_16BE);
    assertThat(refusal(() -> DraftReader.readBody(utf16, KEY)).refusal())
        .isEqualTo(Refusal.JSON_INVALID);
  }

  @Test
  void everyFieldAtFaultIsNamedByItsPath() {
    RefusedException refused =
        refused(
            """
            [{"data":1},{"dta":1,"name":5},{"data":1,"extra":{"deep":[1]},"headers":{"a":1}},7]""");
    assertThat(refused.refusal()).isEqualTo(Refusal.FIELD_UNKNOWN);
    assertThat(refused.errors())
        .extracting(FieldError::field)
        .containsExactly("/1/dta", "/1/name", "/1/data", "/2/extra", "/2/headers", "/3");
    assertThat(refused("{\"dta\":1,\"data\":2}").field()).isEqualTo("/dta");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                            | FIELD_INVALID        | /data
          {"data":1,"name":""}                          | FIELD_INVALID        | /name
          {"data":1,"name":null}                        | FIELD_INVALID        | /name
          {"data":1,"name":"\\ud800"}                   | FIELD_INVALID        | /name
          {"data":1,"id":7}                             | FIELD_INVALID        | /id
          {"data":1,"id":""}                            | MESSAGE_ID_INVALID   | /id
          {"data":1,"id":"a\\u0000"}                    | MESSAGE_ID_INVALID   | /id
          {"data":1,"id":"a\\udc00b"}                   | MESSAGE_ID_INVALID   | /id
          {"data":1,"clientId":"a\\n"}                  | CLIENT_ID_INVALID    | /clientId
          {"data":1,"exclude":""}                       | FIELD_INVALID        | /exclude
          {"data":1,"headers":[]}                       | FIELD_INVALID        | /headers
          {"data":1,"headers":{"":"v"}}                 | FIELD_INVALID        | /headers
          {"data":1,"headers":{"h":null}}               | FIELD_INVALID        | /headers
          {"data":1,"encoding":"rot13"}                 | MESSAGE_DATA_INVALID | /encoding
          {"data":1,"encoding":"cipher+"}               | MESSAGE_DATA_INVALID | /encoding
          {"data":1,"encoding":"base64"}                | MESSAGE_DATA_INVALID | /data
          {"data":"a","encoding":"base64"}              | MESSAGE_DATA_INVALID | /data
          {"encoding":"base64","data":"a-=="}           | MESSAGE_DATA_INVALID | /data
          {"encoding":"base64","data":"aGVs bG8="}      | MESSAGE_DATA_INVALID | /data
          {"data":{},"encoding":"cipher+aes-256-cbc"}   | MESSAGE_DATA_INVALID | /data
          [{"data":1,"id":"a"},{"data":1,"id":"a"}]     | MESSAGE_ID_INVALID   | /1/id
          []                                            | FIELD_INVALID        | ''
          """)
  void aFieldThatBreaksItsRuleIsRefused(String body, Refusal refusal, String field) {
    RefusedException refused = refused(body);
    assertThat(refused.refusal()).isEqualTo(refusal);
    assertThat(refused.errors()).extracting(FieldError::field).containsExactly(field);
  }

  @Test
  void boundsAreCountedInCharacters() {
    assertThat(one("{\"data\":1,\"id\":\"" + "😀".repeat(128) + "\"}").id()).hasSize(256);
    assertThat(refused("{\"data\":1,\"id\":\"" + "x".repeat(129) + "\"}").refusal())
        .isEqualTo(Refusal.MESSAGE_ID_INVALID);
    assertThat(refused("{\"data\":1,\"name\":\"" + "x".repeat(256) + "\"}").field())
        .isEqualTo("/name");
    String headers =
        IntStream.range(0, 32)
            .mapToObj(i -> "\"h" + i + "\":\"v\"")
            .collect(Collectors.joining(","));
    assertThat(one("{\"data\":1,\"headers\":{" + headers + "}}").headers()).isNotNull();
    assertThat(refused("{\"data\":1,\"headers\":{" + headers + ",\"x\":\"\"}}").field())
        .isEqualTo("/headers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"aGVsbG8=\"", "\"\"", "\"\\/+\\u002B=\"", "\"//++\""})
  void base64MayBeWrittenWithEscapes(String data) {
    assertThat(text(one("{\"encoding\":\"base64\",\"data\":" + data + "}"))).isEqualTo(data);
  }

  @Test
  void ciphersAreCarriedAsTheyAre() {
    Draft draft = one("{\"data\":\"any text\",\"encoding\":\"cipher+aes-256-cbc/base64\"}");
    assertThat(draft.encoding()).isEqualTo("cipher+aes-256-cbc/base64");
  }

  @Test
  void anArrayHasAtMostAHundredMessages() {
    assertThat(read("[" + "{\"data\":1},".repeat(99) + "{\"data\":1}]")).hasSize(100);
    assertThat(refused("[" + "{\"data\":1},".repeat(100) + "{\"data\":1}]").refusal())
        .isEqualTo(Refusal.BATCH_TOO_LARGE);
  }

  @Test
  void aTokenPublishesInItsOwnNameOnly() {
    String named = "{\"data\":1,\"clientId\":\"ada\"}";
    String unnamed = "{\"data\":1}";
    assertThat(author(named, KEY)).isEqualTo("ada");
    assertThat(author(unnamed, KEY)).isNull();
    assertThat(author(named, Principals.token("ada"))).isEqualTo("ada");
    assertThat(author(unnamed, Principals.token("ada"))).isEqualTo("ada");
    assertThat(author(unnamed, Principals.token(null))).isNull();
    for (AppPrincipal other : List.of(Principals.token("bob"), Principals.token(null))) {
      RefusedException refused = refusal(() -> author(named, other));
      assertThat(refused.refusal()).isEqualTo(Refusal.CLIENT_ID_INVALID);
      assertThat(refused.field()).isEqualTo("/clientId");
    }
  }

  /** Any bytes are read or refused, never worse; what is read is a line of valid UTF-8. */
  @Test
  void hostileBytesNeverCauseAnythingButARefusal() {
    Random random = new Random(11);
    byte[] good =
        """
        [{"id":"a","name":"n","data":{"k":[1,"ü",null]},"headers":{"h":"v"},"encoding":null},
         {"data":"aGVsbG8=","encoding":"base64","clientId":"c","exclude":"x"}]"""
            .getBytes(UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] body = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        body[random.nextInt(body.length)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : "[]{}\",:\\e1".charAt(random.nextInt(10)));
      }
      int from = random.nextInt(3) == 0 ? random.nextInt(body.length) : 0;
      int length = random.nextInt(3) == 0 ? random.nextInt(body.length - from) : body.length - from;
      try {
        for (Draft draft : DraftReader.readArray(body, from, length, "m", KEY, null)) {
          assertThat(draft.data()).isNotEmpty().doesNotContain('\n', '\r');
        }
      } catch (RefusedException expected) {
        assertThat(expected.refusal().httpStatus()).isIn(400, 413);
      }
    }
  }

  private static @Nullable String author(String body, AppPrincipal who) {
    return DraftReader.readBody(body.getBytes(UTF_8), who).getFirst().clientId();
  }

  private static Draft one(String body) {
    List<Draft> drafts = read(body);
    assertThat(drafts).hasSize(1);
    return drafts.getFirst();
  }

  private static List<Draft> read(String body) {
    return DraftReader.readBody(body.getBytes(UTF_8), KEY);
  }

  private static String text(Draft draft) {
    return new String(draft.data(), UTF_8);
  }

  private static RefusedException refused(String body) {
    return refusal(() -> read(body));
  }

  private static RefusedException refusal(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, call);
    assertThat(refused).isNotNull();
    return refused;
  }
}

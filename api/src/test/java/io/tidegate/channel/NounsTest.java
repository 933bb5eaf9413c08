package io.tidegate.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values check themselves at birth, at both edges of every rule. */
class NounsTest {
  @Test
  void patternsAreOrderedByLiteralSegmentsThenCharactersThenText() {
    List<String> mostSpecificFirst =
        List.of("a:b:c", "a:bb:*", "a:b:*", "b:b:*", "aaaaa:*", "a:*", "abc*:*", "*:*", "a*", "*");

    assertThat(
            mostSpecificFirst.reversed().stream()
                .map(ChannelPattern::new)
                .sorted(ChannelPattern.MOST_SPECIFIC_FIRST)
                .map(ChannelPattern::toString))
        .containsExactlyElementsOf(mostSpecificFirst);
  }

  @Test
  void anAppIdIsDigitsWithoutALeadingZero() {
    assertThat(List.of("1", "9", "10", "482913", "9".repeat(18))).allMatch(AppId::isValid);
    assertThat(List.of("", "0", "01", "1a", "/1", "1:", "1/", "-1", "9".repeat(19)))
        .noneMatch(AppId::isValid);
    assertThat(new AppId("482913").number()).isEqualTo(482_913);
    assertThat(new AppId("482913")).hasToString("482913");
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new AppId("x"));
  }

  @Test
  void aKeyNameIsAnAppAndAKeyId() {
    KeyName name = KeyName.parse("482913.k1");
    assertThat(name).isEqualTo(new KeyName(new AppId("482913"), "k1")).hasToString("482913.k1");
    assertThat(List.of("a", "z", "0", "9", "k1", "k".repeat(32))).allMatch(KeyName::isKeyId);
    assertThat(List.of("", "K", "`", "{", "/", ":", "k-1", "k".repeat(33)))
        .noneMatch(KeyName::isKeyId);
    assertThat(List.of("", ".", ".k1", "1.", "k1", "1k1", "0.k1", "1.K", "1.k.1"))
        .allMatch(text -> KeyName.parse(text) == null);
    assertThat(KeyName.parse("1.k")).isNotNull();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new KeyName(new AppId("1"), "K"));
  }

  @Test
  void anEpochIsAShortWord() {
    for (String good : List.of("a", "z", "A", "Z", "0", "9", "_", ".", "-", "e".repeat(64))) {
      assertThat(new Epoch(good)).hasToString(good);
    }
    for (String bad : List.of("", "`", "{", "@", "[", "/", ":", " ", "é", "e".repeat(65))) {
      assertThat(Epoch.isValid(bad)).as(bad).isFalse();
    }
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new Epoch(" "));
  }

  @Test
  void aClientIdHasNoControls() {
    String supplementary = "\ud83d\ude00";
    for (String good : List.of("a", "a b", "é", "x".repeat(255), supplementary.repeat(255))) {
      assertThat(new ClientId(good)).hasToString(good);
    }
    for (String bad :
        List.of("", "x".repeat(256), supplementary.repeat(256), "a\u0000", "\u0085", "\ud800")) {
      assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> new ClientId(bad));
    }
  }

  @Test
  void aTenantIdIsAUuidSpelledInOneWay() {
    String id = "0197f3c2-6b1e-7c3a-9d52-3f1f8a2b4c5d";
    assertThat(TenantId.isValid(id)).isTrue();
    assertThat(new TenantId(UUID.fromString(id))).hasToString(id);
    assertThat(List.of("", id.toUpperCase(java.util.Locale.ROOT), id + "0", "x".repeat(36)))
        .noneMatch(TenantId::isValid);
  }

  @Test
  void aNameRefusedSaysWhichRuleItBreaks() {
    Map.of(
            "",
            "at least one",
            "x".repeat(256),
            "at most 255",
            ":a",
            "begin with",
            "a\u0001",
            "control",
            "\u202aa",
            "control",
            "\u202ea",
            "control",
            "\u2066a",
            "control",
            "\u2069a",
            "control",
            "e\u0301",
            "NFC")
        .forEach(
            (name, rule) ->
                assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(() -> new ChannelName(name))
                    .withMessageContaining(rule));
    assertThat(new ChannelName("\u2065\u206a\u2030")).hasToString("\u2065\u206a\u2030");
    assertThat(new ChannelName("a")).isLessThan(new ChannelName("b"));
  }

  @Test
  void wireNamesAreReadBack() {
    for (Operation operation : Operation.values()) {
      assertThat(Operation.ofWireName(operation.wireName())).isEqualTo(operation);
    }
    assertThat(Operation.ofWireName("dance")).isNull();
    assertThat(Durability.DURABLE.wireName()).isEqualTo("durable");
    Capabilities some =
        new Capabilities(Map.of(new ChannelPattern("a"), Set.of(Operation.HISTORY)));
    assertThat(some.allowSomewhere(Operation.HISTORY)).isTrue();
    assertThat(some.allowSomewhere(Operation.PUBLISH)).isFalse();
  }

  @Test
  void eachFieldOfAMessageCountsForTheSameIdTwice() {
    Draft draft = draft("n", "1", "e", "c", "{}");
    assertThat(draft.digest()).hasSize(16).isEqualTo(draft("n", "1", "e", "c", "{}").digest());
    for (Draft other :
        List.of(
            draft("m", "1", "e", "c", "{}"),
            draft(null, "1", "e", "c", "{}"),
            draft("n", "2", "e", "c", "{}"),
            draft("n", "1", "f", "c", "{}"),
            draft("n", "1", "c", "e", "{}"),
            draft("n", "1", "e", "d", "{}"),
            draft("n", "1", "e", null, "{}"),
            draft("n", "1", "e", "c", "{ }"),
            draft("n", "1", "e", "c", null),
            draft("n1", "", "e", "c", "{}"))) {
      assertThat(other.digest()).isNotEqualTo(draft.digest());
    }
  }

  @Test
  void aDraftBecomesTheMessageItDescribesAndWeighsAsMuch() {
    Message message = draft("name", "12345", null, "ada", "{}").numbered(7, 9);
    assertThat(message.seq()).isEqualTo(7);
    assertThat(message.timestamp()).isEqualTo(9);
    assertThat(message.id()).isEqualTo("id");
    assertThat(message.clientId()).isEqualTo("ada");
    assertThat(message.weight()).isEqualTo(160 + 5 + 4 + 2 + 2);
    assertThat(draft(null, "12345", null, null, null).weight()).isEqualTo(160 + 5 + 2);
    List<Draft> many =
        IntStream.range(0, 3).mapToObj(i -> draft(null, "1", null, null, null)).toList();
    ChannelId channel = new ChannelId(new AppId("1"), new ChannelName("a"));
    TenantId tenant = new TenantId(new UUID(1, 2));
    assertThat(new PublishUnit(tenant, channel, many).weight()).isEqualTo(3 * (160 + 1 + 2));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new PublishUnit(tenant, channel, List.of()));
  }

  @Test
  void aClassKeepsWhatItsNamespaceSays() {
    Namespace rules = Namespace.DEFAULT;
    assertThat(rules.retention()).isEqualTo(new Retention(1_000, 120));
    assertThat(rules.retentionAs(Durability.NONE)).isEqualTo(Retention.NOTHING);
    assertThat(rules.retentionAs(Durability.DURABLE))
        .isEqualTo(new Retention(Integer.MAX_VALUE, 30 * 86_400L));
  }

  private static Draft draft(
      @Nullable String name,
      String data,
      @Nullable String encoding,
      @Nullable String clientId,
      @Nullable String headers) {
    return new Draft(
        "id",
        name,
        bytes(data),
        encoding,
        clientId,
        null,
        headers == null ? null : bytes(headers),
        null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

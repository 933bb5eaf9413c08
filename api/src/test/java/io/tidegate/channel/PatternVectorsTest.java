package io.tidegate.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The gateway reads names and patterns as the vectors say; the console passes the same ones. */
class PatternVectorsTest {
  private final JsonNode vectors = read();

  @Test
  void namesAreTakenOrRefusedAsTheVectorsSay() {
    assertThat(texts(vectors.at("/names/taken"))).isNotEmpty().allSatisfy(ChannelName::new);
    for (String name : texts(vectors.at("/names/refused"))) {
      refused(Refusal.CHANNEL_NAME_INVALID, () -> new ChannelName(name));
    }
  }

  @Test
  void patternsAreTakenOrRefusedAsTheVectorsSay() {
    assertThat(texts(vectors.at("/patterns/taken"))).isNotEmpty().allSatisfy(ChannelPattern::new);
    for (String pattern : texts(vectors.at("/patterns/refused"))) {
      refused(Refusal.PATTERN_INVALID, () -> new ChannelPattern(pattern));
    }
  }

  @Test
  void aPatternCoversTheNamesThatTheVectorsSay() {
    assertThat(vectors.get("matching")).isNotEmpty();
    for (JsonNode one : vectors.get("matching")) {
      ChannelPattern pattern = new ChannelPattern(one.get("pattern").asText());
      assertThat(texts(one.get("matches")))
          .as(pattern.value())
          .allMatch(name -> pattern.matches(new ChannelName(name)));
      assertThat(texts(one.get("not")))
          .as(pattern.value())
          .noneMatch(name -> pattern.matches(new ChannelName(name)));
    }
  }

  @Test
  void theMoreSpecificPatternIsTheOneOfTheVectors() {
    assertThat(vectors.get("orders")).isNotEmpty();
    for (JsonNode order : vectors.get("orders")) {
      List<String> mostSpecificFirst = texts(order);
      List<ChannelPattern> patterns =
          new ArrayList<>(mostSpecificFirst.stream().map(ChannelPattern::new).toList());
      Collections.reverse(patterns);
      patterns.sort(ChannelPattern.MOST_SPECIFIC_FIRST);
      assertThat(patterns)
          .map(ChannelPattern::toString)
          .containsExactlyElementsOf(mostSpecificFirst);
    }
  }

  @Test
  void theNamespaceOfTheVectorsApplies() {
    assertThat(vectors.get("applying")).isNotEmpty();
    for (JsonNode one : vectors.get("applying")) {
      List<Namespace> namespaces = new ArrayList<>();
      one.get("namespaces")
          .properties()
          .forEach(entry -> namespaces.add(namespace(entry.getKey(), entry.getValue().asText())));
      ChannelName channel = new ChannelName(one.get("channel").asText());
      assertThat(new Rules(namespaces).of(channel).name())
          .as("%s of %s", channel, one.get("namespaces"))
          .isEqualTo(one.get("applies").asText(""));
    }
  }

  private static Namespace namespace(String name, String pattern) {
    Namespace rules = Namespace.DEFAULT;
    return new Namespace(
        name,
        new ChannelPattern(pattern),
        rules.durability(),
        rules.window(),
        rules.retentionDays(),
        rules.rewind(),
        rules.maxMessageBytes(),
        rules.open(),
        rules.clientPublish(),
        rules.presence(),
        rules.conflate(),
        rules.requireClientId());
  }

  private static void refused(Refusal with, Runnable born) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(born::run)
        .matches(refused -> refused.refusal() == with);
  }

  private static List<String> texts(@Nullable JsonNode array) {
    return array == null
        ? List.of()
        : StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode read() {
    try {
      return new JsonMapper().readTree(Path.of("../openapi/vectors/patterns.json").toFile());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

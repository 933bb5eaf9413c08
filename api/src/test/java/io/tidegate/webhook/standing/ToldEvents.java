package io.tidegate.webhook.standing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one webhook was told, in its order, by what it is about. */
public final class ToldEvents {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> BEGINS =
      Set.of("channel.occupied", "member.added", "connection.opened");
  private static final Set<String> ENDS =
      Set.of("channel.vacated", "member.removed", "connection.closed");

  private final Map<String, List<Told>> byFact = new LinkedHashMap<>();

  /** One of them. */
  public record Told(String type, String data) {}

  /**
   * @param typesAndData each a type, a space and the JSON of its data
   */
  public ToldEvents(List<String> typesAndData) {
    for (String one : typesAndData) {
      int space = one.indexOf(' ');
      Told told = new Told(one.substring(0, space), one.substring(space + 1));
      byFact.computeIfAbsent(key(told), first -> new ArrayList<>()).add(told);
    }
  }

  /** What a receiver has taken: what came before is told by its id. */
  public static ToldEvents of(List<JsonNode> events) {
    Set<String> ids = new HashSet<>();
    return new ToldEvents(
        events.stream()
            .filter(event -> ids.add(event.path("id").asText()))
            .map(event -> event.path("type").asText() + " " + event.path("data"))
            .toList());
  }

  private static String key(Told told) {
    try {
      JsonNode data = JSON.readTree(told.data());
      return kind(told.type())
          + " "
          + data.path("channel").asText()
          + " "
          + data.path("connectionId").asText();
    } catch (java.io.IOException e) {
      throw new AssertionError(told.data(), e);
    }
  }

  private static String kind(String type) {
    return type.substring(0, type.indexOf('.'));
  }

  /** What it is about, as {@code kind channel connectionId}. */
  public Set<String> facts() {
    return byFact.keySet();
  }

  public int count() {
    return byFact.values().stream().mapToInt(List::size).sum();
  }

  /** Types of events about it, in order. */
  public List<String> types(String fact) {
    return byFact.getOrDefault(fact, List.of()).stream().map(Told::type).toList();
  }

  /** The data that was told last of what stands; null when it does not. */
  public @Nullable String standing(String fact) {
    List<Told> told = byFact.getOrDefault(fact, List.of());
    return told.isEmpty() || ENDS.contains(told.getLast().type()) ? null : told.getLast().data();
  }

  /** Beginnings and ends take turns, and changes are only between them. */
  public void assertAlternate() {
    byFact.forEach(
        (fact, told) -> {
          boolean stands = false;
          for (Told one : told) {
            if (BEGINS.contains(one.type())) {
              assertThat(stands).as("%s begins only once: %s", fact, told).isFalse();
              stands = true;
            } else {
              assertThat(stands).as("%s was told of: %s", fact, told).isTrue();
              stands = !ENDS.contains(one.type());
            }
          }
        });
  }
}

package io.tidegate.e2e.check;

import static io.tidegate.e2e.rest.Json.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.rest.History.Kept;
import io.tidegate.e2e.rest.Json;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checker has teeth: each kind of lie is found out. */
final class ObservationsTest {
  private final Observations observations = new Observations();
  private final Watch ada = observations.watch("ada");

  @BeforeEach
  void subscribe() {
    ada.accept(subscribed("e1", 0, false));
  }

  @Test
  void trueStoryHasNoFaults() {
    observations.ledger("c").acked("a", "1", "e1", 1, 10, 20);
    observations.ledger("c").unknown("b");
    observations.ledger("c").unknown("z");
    observations.ledger("c").refused("r");
    ada.accept(message(1, "a", 1));
    ada.accept(subscribed("e1", 1, true));
    ada.accept(message(2, "b", 2));
    observations.history("c", List.of(kept(1, "a", 1), kept(2, "b", 2)));

    assertThat(observations.faults()).isEmpty();
    assertThat(ada.jumps()).isEmpty();
    assertThat(ada.messages("c")).hasSize(2);
  }

  @Test
  void holeIsFound() {
    ada.accept(message(1, "a", 1));
    ada.accept(message(3, "c", 3));

    assertThat(observations.faults()).singleElement().asString().contains("3 of c after 1");
  }

  @Test
  void repeatIsFound() {
    ada.accept(message(1, "a", 1));
    ada.accept(message(1, "a", 1));

    assertThat(observations.faults()).singleElement().asString().contains("1 of c after 1");
  }

  @Test
  void resumeElsewhereIsFound() {
    ada.accept(message(1, "a", 1));
    ada.accept(subscribed("e1", 2, true));

    assertThat(observations.faults()).singleElement().asString().contains("resumed");
  }

  @Test
  void announcedJumpIsNoFaultButIsCounted() {
    ada.accept(message(1, "a", 1));
    ada.accept(
        read("{'type':'discontinuity','channel':'c','epoch':'e2','seq':7,'reason':'epoch'}"));
    ada.accept(message(8, "b", 2));

    assertThat(observations.faults()).isEmpty();
    assertThat(ada.jumps()).hasSize(1);
  }

  @Test
  void twoMessagesAtOnePlaceAreFound() {
    Watch bob = observations.watch("bob");
    bob.accept(subscribed("e1", 0, false));
    ada.accept(message(1, "a", 1));
    bob.accept(message(1, "a", 2));

    assertThat(observations.faults()).singleElement().asString().contains("ada").contains("bob");
  }

  @Test
  void lostAcknowledgedMessageIsFound() {
    observations.ledger("c").acked("a", "1", "e1", 1, 10, 20);
    observations.history("c", List.of());

    assertThat(observations.faults()).singleElement().asString().contains("is lost");
  }

  @Test
  void messageAtAnotherPlaceThanAcknowledgedIsFound() {
    observations.ledger("c").acked("a", "1", "e1", 2, 10, 20);
    observations.history("c", List.of(kept(1, "a", 1)));

    assertThat(observations.faults()).singleElement().asString().contains("was acknowledged as");
  }

  @Test
  void otherDataThanSentIsFound() {
    observations.ledger("c").acked("a", "1", "e1", 1, 10, 20);
    observations.history("c", List.of(kept(1, "a", 2)));

    assertThat(observations.faults()).singleElement().asString().contains("sent was");
  }

  @Test
  void refusedMessageThatIsKeptIsFound() {
    observations.ledger("c").refused("a");
    observations.history("c", List.of(kept(1, "a", 1)));

    assertThat(observations.faults()).singleElement().asString().contains("refused a");
  }

  @Test
  void messageKeptTwiceIsFound() {
    observations.ledger("c").unknown("a");
    observations.history("c", List.of(kept(1, "a", 1), kept(2, "a", 1)));

    assertThat(observations.faults()).singleElement().asString().contains("2 times");
  }

  @Test
  void messageOfNobodyIsFound() {
    observations.ledger("c");
    observations.history("c", List.of(kept(1, "a", 1)));

    assertThat(observations.faults()).singleElement().asString().contains("never published");
  }

  @Test
  void holeInHistoryIsFound() {
    observations.history("c", List.of(kept(1, "a", 1), kept(3, "b", 1)));

    assertThat(observations.faults()).singleElement().asString().contains("3 after 1");
  }

  @Test
  void deliveredMessageThatHistoryLacksIsFound() {
    ada.accept(message(1, "a", 1));
    observations.history("c", List.of());

    assertThat(observations.faults()).singleElement().asString().contains("does not have");
  }

  @Test
  void orderAgainstRealTimeIsFound() {
    observations.ledger("c").acked("a", "1", "e1", 2, 10, 20);
    observations.ledger("c").acked("b", "1", "e1", 1, 30, 40);
    observations.history("c", List.of(kept(1, "b", 1), kept(2, "a", 1)));

    assertThat(observations.faults()).singleElement().asString().contains("came after seq 2");
  }

  private static JsonNode subscribed(String epoch, long seq, boolean resumed) {
    return read(
        json(
            "{'type':'subscribed','channel':'c','epoch':'%s','seq':%d,'resumed':%s}",
            epoch, seq, resumed));
  }

  private static JsonNode message(long seq, String id, int data) {
    return read(
        json(
            "{'type':'message','channel':'c','seq':%d,'id':'%s','data':%d,'timestamp':1}",
            seq, id, data));
  }

  private static Kept kept(long seq, String id, int data) {
    return new Kept("e1", seq, message(seq, id, data));
  }

  private static JsonNode read(String text) {
    return Json.read(json(text));
  }
}

package io.tidegate.webhook.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.channel.Message;
import io.tidegate.channel.Position;
import io.tidegate.webhook.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the events of messages say, and how they are known again. */
class MessageEventsTest {
  private static final ChannelId ROOM = channel("7", "a \"room\"");
  private static final Epoch FIRST = new Epoch("w1");
  private static final Epoch SECOND = new Epoch("w2");

  private static ChannelId channel(String app, String name) {
    return new ChannelId(new AppId(app), new ChannelName(name));
  }

  private static Message message(long seq) {
    byte[] data = "{\"n\":1}".getBytes(StandardCharsets.UTF_8);
    return new Message(seq, "m" + seq, "name", data, null, "ada", null, 1_700, null, "excluded");
  }

  private static UUID id(ChannelId channel, Epoch epoch, long seq) {
    return MessageEvents.of(channel, epoch, message(seq)).id();
  }

  private static Portion portion(@Nullable Position at, long second) {
    List<EpochStart> epochs = List.of(new EpochStart(FIRST, 1), new EpochStart(SECOND, second));
    return new Portion(ROOM, at, new Head(epochs, 1, 100));
  }

  private static List<String> told(Portion portion) {
    return portion.events().stream()
        .map(event -> event.data().replaceAll(".*\"(message|missed)\":", "$1 "))
        .map(text -> text.replaceAll("message .*\"seq\":(\\d+).*", "$1"))
        .toList();
  }

  @Test
  void theMessageIsAsHistoryHasItAndWhoIsExcludedIsNotTold() {
    Event event = MessageEvents.of(ROOM, FIRST, message(3));
    assertThat(event.data())
        .isEqualTo(
            "{\"channel\":\"a \\\"room\\\"\",\"message\":{\"seq\":3,\"id\":\"m3\",\"name\":\"name\","
                + "\"data\":{\"n\":1},\"clientId\":\"ada\",\"timestamp\":1700,\"epoch\":\"w1\"}}");
    assertThat(event.at()).hasToString("1970-01-01T00:00:01.700Z");
    assertThat(event.subject().channel()).isEqualTo(ROOM.name());
  }

  @Test
  void onePositionIsOneEventWhoeverTellsIt() {
    assertThat(id(ROOM, FIRST, 3)).isEqualTo(id(ROOM, FIRST, 3));
    assertThat(id(ROOM, FIRST, 3).version()).isEqualTo(7);
    assertThat(id(ROOM, FIRST, 3).variant()).isEqualTo(2);
    assertThat(
            Stream.of(
                id(ROOM, FIRST, 3),
                id(ROOM, FIRST, 4),
                id(ROOM, SECOND, 3),
                id(channel("8", "a \"room\""), FIRST, 3),
                id(channel("7", "another"), FIRST, 3),
                MessageEvents.missed(ROOM, FIRST, 1, 3, 1_700).id()))
        .doesNotHaveDuplicates();
  }

  @Test
  void whatIsMissingInAnEpochIsToldInItsPlace() {
    Portion portion = portion(new Position(FIRST, 4), 50);
    portion.tell(new Told(FIRST, message(5)));
    portion.tell(new Told(FIRST, message(8)));
    portion.end(new Position(FIRST, 10), 0);
    assertThat(told(portion))
        .containsExactly(
            "5",
            "missed {\"epoch\":\"w1\",\"from\":6,\"to\":7}}",
            "8",
            "missed {\"epoch\":\"w1\",\"from\":9,\"to\":10}}");
    assertThat(portion.missed()).isEqualTo(4);
    assertThat(portion.messages()).isEqualTo(2);
    assertThat(portion.at()).isEqualTo(new Position(FIRST, 10));
  }

  @Test
  void anotherEpochIsMissedFromItsFirstSeqOn() {
    Portion portion = portion(new Position(FIRST, 4), 50);
    portion.tell(new Told(SECOND, message(52)));
    assertThat(told(portion))
        .containsExactly("missed {\"epoch\":\"w2\",\"from\":50,\"to\":51}}", "52");
  }

  @Test
  void aBeginningMissesNothing() {
    Portion portion = portion(null, 50);
    portion.tell(new Told(FIRST, message(9)));
    portion.end(new Position(FIRST, 9), 0);
    assertThat(told(portion)).containsExactly("9");

    Portion none = portion(null, 50);
    none.end(new Position(SECOND, 60), 0);
    assertThat(none.events()).isEmpty();
    assertThat(none.at()).isEqualTo(new Position(SECOND, 60));
  }
}

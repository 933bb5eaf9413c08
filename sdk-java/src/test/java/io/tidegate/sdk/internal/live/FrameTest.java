package io.tidegate.sdk.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The quick way of reading a message and the slow one say the same. */
class FrameTest {
  @Test
  void aMessageIsReadWhicheverWayItIsWritten() {
    for (String text :
        new String[] {
          "{\"type\":\"message\",\"channel\":\"a\",\"seq\":42,\"id\":\"x\",\"data\":1,\"timestamp\":1}",
          "{\"channel\":\"a\",\"type\":\"message\",\"timestamp\":1,\"id\":\"x\",\"data\":1,\"seq\":42}",
          "{ \"type\": \"message\", \"channel\": \"\\u0061\", \"seq\": 42, \"id\":\"x\", \"data\": {} }",
        }) {
      Frame frame = Frame.read(text);
      assertThat(frame.type).isEqualTo("message");
      assertThat(frame.channel).isEqualTo("a");
      assertThat(frame.seq).isEqualTo(42);
      assertThat(frame.epoch).isNull();
      assertThat(frame.text).isSameAs(text);
    }
  }

  @Test
  void anEpochOfItsOwnIsNotOverlooked() {
    String head = "{\"type\":\"message\",\"channel\":\"a\",\"seq\":42,\"id\":\"x\",";
    assertThat(Frame.read(head + "\"data\":1,\"timestamp\":1,\"epoch\":\"e0\"}").epoch)
        .isEqualTo("e0");
    assertThat(Frame.read(head + "\"data\":{\"epoch\":\"no\"},\"timestamp\":1}").epoch).isNull();
  }

  @Test
  void whatAClientDoesNotKnowIsPassedOver() {
    Frame frame = Frame.read("{\"type\":\"later\",\"new\":[{\"a\":null}],\"channel\":\"a\"}");
    assertThat(frame.type).isEqualTo("later");
    assertThat(frame.channel).isEqualTo("a");
  }

  @Test
  void aChannelThatNeedsEscapesIsReadAsItIs() {
    String text = "{\"type\":\"message\",\"channel\":\"say \\\"hi\\\"\",\"seq\":1,\"data\":1}";
    assertThat(Frame.read(text).channel).isEqualTo("say \"hi\"");
  }
}

package io.tidegate.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageScannerTest {
  private final MessageScanner scanner = new MessageScanner();

  @Test
  void numbersAreReadWhereverTheyStand() {
    long[] seqs = {9, 10, 11, 9_999, 10_000, 123_456_789_012L, 3};
    String[] channels = {"a", "a", "a", "other", "a", "b", "a"};
    for (int i = 0; i < seqs.length; i++) {
      long sent = 1_000_000_007L * (i + 1);
      long number = Stamp.MAX_NUMBER - i;
      String head = "{\"type\":\"message\",\"channel\":\"" + channels[i] + "\",\"seq\":" + seqs[i];
      ByteBuf frame = ascii(head + ",\"id\":\"m\",\"timestamp\":17,\"data\":");
      new Stamp(128).write(frame, sent, number);
      frame.writeByte('}');
      assertThat(MessageScanner.isMessage(frame, 0, frame.readableBytes())).isTrue();
      assertThat(scanner.scan(frame, 0, frame.readableBytes())).isTrue();
      assertThat(scanner.seq).isEqualTo(seqs[i]);
      assertThat(scanner.sent).isEqualTo(sent);
      assertThat(scanner.number).isEqualTo(number);
    }
  }

  @Test
  void messagesOfOthersAreToldApart() {
    ByteBuf frame = ascii("{\"type\":\"message\",\"channel\":\"a\",\"seq\":1,\"data\":{\"m\":1}}");
    assertThat(scanner.scan(frame, 0, frame.readableBytes())).isFalse();
    ByteBuf reply = ascii("{\"type\":\"messages\"}");
    assertThat(MessageScanner.isMessage(reply, 0, 10)).isFalse();
  }

  @Test
  void dataHasExactlyTheWantedSize() {
    ByteBuf data = Unpooled.buffer();
    new Stamp(128).write(data, 1, 2);
    assertThat(data.readableBytes()).isEqualTo(128);
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.buffer().writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}

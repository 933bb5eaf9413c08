package io.tidegate.bench.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
  private final List<String> told = new ArrayList<>();
  private final FrameSink sink =
      new FrameSink() {
        @Override
        public void text(ByteBuf bytes, int from, int length) {
          told.add(length + bytes.toString(from, Math.min(3, length), StandardCharsets.US_ASCII));
        }

        @Override
        public void ping(ByteBuf bytes, int from, int length) {
          told.add("ping");
        }

        @Override
        public void closing(int code, String reason) {
          told.add(code + reason);
        }

        @Override
        public void malformed(String what) {
          told.add("malformed");
        }
      };

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 1_000, 100_000})
  void framesAreTheSameHoweverTheyArrive(int piece) {
    ByteBuf stream = Unpooled.buffer();
    text(stream, 5);
    stream.writeByte(0x89).writeByte(0);
    text(stream, 0);
    text(stream, 125);
    text(stream, 126);
    text(stream, 70_000);
    stream.writeByte(0x88).writeByte(5).writeShort(4108).writeBytes(new byte[] {'b', 'y', 'e'});
    FrameReader reader = new FrameReader();
    while (stream.isReadable()) {
      reader.feed(stream.readBytes(Math.min(piece, stream.readableBytes())), sink);
    }
    assertThat(told)
        .containsExactly("5xxx", "ping", "0", "125xxx", "126xxx", "70000xxx", "4108bye");
    assertThat(reader.end()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xc1, 0x82, 0x01, 0x83})
  void whatWasNotAskedForIsMalformed(int first) {
    FrameReader reader = new FrameReader();
    reader.feed(Unpooled.buffer().writeByte(first).writeByte(1).writeByte('x'), sink);
    assertThat(told).containsExactly("malformed");
  }

  private static void text(ByteBuf out, int length) {
    out.writeByte(0x81);
    if (length < 126) {
      out.writeByte(length);
    } else if (length <= 0xffff) {
      out.writeByte(126).writeShort(length);
    } else {
      out.writeByte(127).writeLong(length);
    }
    out.writeBytes("x".repeat(length).getBytes(StandardCharsets.US_ASCII));
  }
}

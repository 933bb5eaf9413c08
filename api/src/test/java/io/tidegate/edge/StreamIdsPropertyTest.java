package io.tidegate.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.auth.Seal;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The ids of streams ({@code id:}, {@code Last-Event-ID}, {@code since}). */
class StreamIdsPropertyTest {
  private static final AppId APP = new AppId("482913");
  private static final AppId OTHER = new AppId("771204");

  private final StreamIds ids =
      new StreamIds(new Seal("0123456789abcdef".getBytes(StandardCharsets.US_ASCII), "stream-id"));

  @Property(tries = 2000)
  void whatIsWrittenIsRead(@ForAll("marks") List<Mark> marks) {
    List<ChannelName> channels = channels(marks.size());
    String id = StreamIds.write(ids.sealOf(APP, channels), marks);

    assertThat(ids.read(id, APP, channels)).isEqualTo(marks);
    assertThat(id).matches("[A-Za-z0-9_-]+");
    assertThat(id.length()).isLessThanOrEqualTo(4 * (8 + 13 * marks.size() + 2) / 3);
  }

  @Property(tries = 500)
  void anIdFitsNoOtherStream(@ForAll("marks") List<Mark> marks) {
    List<ChannelName> channels = channels(marks.size());
    String id = StreamIds.write(ids.sealOf(APP, channels), marks);
    StreamIds elsewhere = new StreamIds(new Seal(new byte[] {1}, "stream-id"));

    assertThat(read(id, OTHER, channels)).isNull();
    assertThat(read(id, APP, channels(marks.size() + 1))).isNull();
    assertThat(read(id, APP, channels.subList(1, channels.size()))).isNull();
    if (channels.size() > 1) {
      assertThat(read(id, APP, channels.reversed())).isNull();
    }
    assertThat(read(StreamIds.write(elsewhere.sealOf(APP, channels), marks), APP, channels))
        .isNull();
  }

  /** A client may say another place of its own stream, never another stream. */
  @Property(tries = 2000)
  void oneOtherByteIsRefusedOrAPlaceOfTheSameStream(
      @ForAll("marks") List<Mark> marks, @ForAll int at, @ForAll byte other) {
    List<ChannelName> channels = channels(marks.size());
    byte[] bytes = Base64.getUrlDecoder().decode(StreamIds.write(ids.sealOf(APP, channels), marks));
    int place = Math.floorMod(at, bytes.length);
    boolean changed = bytes[place] != other;
    bytes[place] = other;

    List<Mark> read =
        read(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), APP, channels);

    if (read != null) {
      assertThat(changed && place < 8).isFalse();
      assertThat(read).hasSameSizeAs(marks).allMatch(mark -> mark.seq() >= 0);
    }
  }

  @Property(tries = 1000)
  void anyTextIsRefusedOrReadsAsWhatItWritesAgain(@ForAll("texts") String text) {
    List<ChannelName> channels = channels(1);
    List<Mark> read = read(text, APP, channels);
    if (read != null) {
      String again = StreamIds.write(ids.sealOf(APP, channels), read);
      assertThat(ids.read(again, APP, channels)).isEqualTo(read);
    }
  }

  private @Nullable List<Mark> read(String id, AppId app, List<ChannelName> channels) {
    try {
      return ids.read(id, app, channels);
    } catch (RefusedException refused) {
      assertThat(refused.refusal()).isEqualTo(Refusal.POSITION_INVALID);
      return null;
    }
  }

  private static List<ChannelName> channels(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> new ChannelName("room:" + i))
        .toList();
  }

  @Provide
  Arbitrary<List<Mark>> marks() {
    Arbitrary<Long> seqs =
        Arbitraries.oneOf(
            Arbitraries.longs().between(0, 300),
            Arbitraries.longs().between(0, Long.MAX_VALUE),
            Arbitraries.of(127L, 128L, (1L << 56) - 1, 1L << 56, Long.MAX_VALUE));
    return Combinators.combine(Arbitraries.integers(), seqs)
        .as(Mark::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(50);
  }

  /** Real beginnings with anything behind them, and anything at all. */
  @Provide
  Arbitrary<String> texts() {
    byte[] seal = ids.sealOf(APP, channels(1));
    Arbitrary<String> begun =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(20)
            .map(
                tail -> {
                  byte[] all = java.util.Arrays.copyOf(seal, seal.length + tail.length);
                  System.arraycopy(tail, 0, all, seal.length, tail.length);
                  return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
                });
    return Arbitraries.oneOf(begun, Arbitraries.strings().ofMaxLength(60));
  }
}

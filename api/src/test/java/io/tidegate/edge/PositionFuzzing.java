package io.tidegate.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.tidegate.auth.Seal;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Epoch;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Head;
import io.tidegate.peer.Peer;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Positions made of anything ({@code Last-Event-ID}, {@code since}), and the query they stand in.
 */
final class PositionFuzzing {
  private static final AppId APP = new AppId("482913");
  private static final List<ChannelName> CHANNELS =
      List.of(new ChannelName("chat:1"), new ChannelName("chat:2"));
  private static final Head HEAD =
      new Head(
          List.of(new EpochStart(new Epoch("e1"), 1), new EpochStart(new Epoch("e2"), 10)), 5, 20);

  private final StreamIds ids = new StreamIds(new Seal(new byte[16], "stream-id"));

  void anyId(byte[] input) {
    check(new String(input, StandardCharsets.ISO_8859_1));
    // Behind a seal of ours: a client may say another place, and is sent on from it or told.
    byte[] seal = ids.sealOf(APP, CHANNELS);
    byte[] sealed = Arrays.copyOf(seal, seal.length + input.length);
    System.arraycopy(input, 0, sealed, seal.length, input.length);
    check(Base64.getUrlEncoder().withoutPadding().encodeToString(sealed));
  }

  private void check(String id) {
    List<Mark> marks;
    try {
      marks = ids.read(id, APP, CHANNELS);
    } catch (RefusedException refused) {
      assertThat(refused.refusal()).isEqualTo(Refusal.POSITION_INVALID);
      return;
    }
    assertThat(marks).hasSameSizeAs(CHANNELS);
    String again = StreamIds.write(ids.sealOf(APP, CHANNELS), marks);
    assertThat(ids.read(again, APP, CHANNELS)).isEqualTo(marks);
    for (Mark mark : marks) {
      long goesOn = HEAD.resume(mark.in(HEAD)).seq();
      assertThat(goesOn).isBetween(HEAD.firstSeq() - 1, HEAD.lastSeq());
    }
  }

  void anyRequestTarget(byte[] input) {
    // A request line ends at a blank or control: no codec hands one on.
    String text = new String(input, StandardCharsets.ISO_8859_1).replaceAll("[\\x00-\\x20]", "");
    String target = "/v1/sse?" + text;
    DefaultHttpRequest http =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, target, false);

    EdgeRequest request = EdgeRequest.of(http, new Peer("127.0.0.1", false, null));

    assertThat(EdgeRequest.path(target)).isEqualTo("/v1/sse");
    assertThat(request.query().values().stream().mapToInt(List::size).sum())
        .isLessThanOrEqualTo(256);
    String first = request.parameter("channel");
    assertThat(first == null || first.equals(request.parameters("channel").getFirst())).isTrue();
    try {
      request.flag("echo", true);
    } catch (RefusedException refused) {
      assertThat(refused.refusal()).isEqualTo(Refusal.FIELD_INVALID);
    }
  }
}

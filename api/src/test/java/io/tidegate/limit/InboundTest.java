package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.allowance.ManualNanos;
import io.tidegate.allowance.MemoryAllowances;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.MemoryDirectory;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InboundTest {
  private static final TenantId TENANT = new TenantId(new UUID(1, 1));

  private final ManualNanos clock = new ManualNanos();
  private final MemoryDirectory directory = new MemoryDirectory();
  private final Quotas quotas =
      new Quotas(directory, new MemoryAllowances(clock), new MemoryCensus(), clock);
  private final Inbound inbound = new Inbound(clock);

  @Test
  void rateIsGrantedAndTheRestTold() {
    limit(Limit.INBOUND_MESSAGES_PER_SECOND, 10);
    int passed = 0;
    for (int i = 0; i < 1_500; i++) {
      passed += send(100) == null ? 1 : 0;
      clock.advanceMillis(67);
    }
    // 1.5 times the rate for 100 s is refused, not ended.
    assertThat(passed).isBetween(1_000, 1_020);
  }

  @Test
  void farAboveItForSecondsIsAFlood() {
    limit(Limit.INBOUND_MESSAGES_PER_SECOND, 10);
    int millis = 0;
    Refusal last = null;
    while (last != Refusal.INBOUND_FLOOD && millis < 20_000) {
      last = send(100);
      clock.advanceMillis(10);
      millis += 10;
    }
    assertThat(last).isEqualTo(Refusal.INBOUND_FLOOD);
    assertThat(millis).isBetween(3_000, 6_000);
  }

  @Test
  void oneBurstIsNoFlood() {
    limit(Limit.INBOUND_MESSAGES_PER_SECOND, 10);
    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < 500; i++) {
        assertThat(send(100)).isNotEqualTo(Refusal.INBOUND_FLOOD);
      }
      clock.advanceMillis(5_000);
    }
  }

  @Test
  void floodEndsWithTheThirdBadSecondInARow() {
    limit(Limit.INBOUND_MESSAGES_PER_SECOND, 10);
    assertThat(burst(21)).isEqualTo(Refusal.INBOUND_RATE_EXCEEDED);
    for (int second = 1; second <= 2; second++) {
      clock.advanceMillis(1_000);
      assertThat(burst(21)).isEqualTo(Refusal.INBOUND_RATE_EXCEEDED);
    }
    clock.advanceMillis(1_000);
    assertThat(burst(21)).isEqualTo(Refusal.INBOUND_FLOOD);
    assertThat(quotas.refused().of("inboundMessagesPerSecond")).isEqualTo(4 * 11);
  }

  @Test
  void asManyRefusedAsGrantedIsNoFlood() {
    limit(Limit.INBOUND_MESSAGES_PER_SECOND, 10);
    for (int second = 0; second < 20; second++) {
      assertThat(burst(20)).isEqualTo(Refusal.INBOUND_RATE_EXCEEDED);
      clock.advanceMillis(1_000);
    }
  }

  @Test
  void goodSecondsInBetweenMakeBadOnesNoFlood() {
    limit(Limit.INBOUND_MESSAGES_PER_SECOND, 10);
    for (int round = 0; round < 10; round++) {
      assertThat(burst(40)).isEqualTo(Refusal.INBOUND_RATE_EXCEEDED);
      clock.advanceMillis(1_000);
      assertThat(burst(40)).isEqualTo(Refusal.INBOUND_RATE_EXCEEDED);
      clock.advanceMillis(1_000);
      assertThat(burst(10)).isNull();
      clock.advanceMillis(1_000);
    }
  }

  @Test
  void badSecondsApartAreNoFlood() {
    limit(Limit.INBOUND_MESSAGES_PER_SECOND, 10);
    for (int round = 0; round < 10; round++) {
      assertThat(burst(40)).isEqualTo(Refusal.INBOUND_RATE_EXCEEDED);
      clock.advanceMillis(2_000);
    }
  }

  @Test
  void refusalTellsTheLimitAndWhenToSendAgain() {
    limit(Limit.INBOUND_MESSAGES_PER_SECOND, 4);
    burst(4);
    RefusedException frames = inbound.over(quota(), 1);
    assertThat(frames).isNotNull();
    assertThat(frames.detail())
        .isEqualTo("the connection may send 4 frames per second (inboundMessagesPerSecond)");
    assertThat(frames.retryAfterMillis()).isEqualTo(250);
    limit(Limit.INBOUND_BYTES_PER_SECOND, 100_000);
    assertThat(send(100_000)).isNull();
    RefusedException bytes = inbound.over(quota(), 1_000);
    assertThat(bytes).isNotNull();
    assertThat(bytes.detail())
        .isEqualTo("the connection may send 100000 bytes per second (inboundBytesPerSecond)");
    assertThat(bytes.retryAfterMillis()).isEqualTo(10);
    assertThat(quotas.refused().of("inboundBytesPerSecond")).isEqualTo(1);
  }

  @Test
  void oneLimitIsEnoughToBeLookedAt() {
    limit(Limit.MAX_MESSAGE_BYTES, 1_000);
    assertThat(Inbound.isLimited(quota())).isFalse();
    limit(Limit.INBOUND_MESSAGES_PER_SECOND, 1);
    assertThat(Inbound.isLimited(quota())).isTrue();
    limit(Limit.INBOUND_BYTES_PER_SECOND, 1);
    assertThat(Inbound.isLimited(quota())).isTrue();
  }

  @Test
  void bytesAreCountedAndAWholeFrameAlwaysFits() {
    limit(Limit.INBOUND_BYTES_PER_SECOND, 1_000);
    assertThat(send(72 << 10)).isNull();
    assertThat(send(2_000)).isEqualTo(Refusal.INBOUND_RATE_EXCEEDED);
    clock.advanceMillis(2_000);
    assertThat(send(2_000)).isNull();
  }

  @Test
  void changeHoldsFromTheNextFrameOn() {
    limit(Limit.INBOUND_MESSAGES_PER_SECOND, 0);
    assertThat(send(1)).isEqualTo(Refusal.INBOUND_RATE_EXCEEDED);
    directory.putLimits(TENANT, Limits.INITIAL);
    assertThat(send(1)).isNull();
  }

  private void limit(Limit limit, long value) {
    directory.putLimits(TENANT, Limits.INITIAL.with(Map.of(limit, value)));
  }

  /** Sends so many frames at once; what the last of them was told. */
  private @Nullable Refusal burst(int frames) {
    Refusal last = null;
    for (int i = 0; i < frames; i++) {
      last = send(100);
    }
    return last;
  }

  private @Nullable Refusal send(int bytes) {
    RefusedException over = inbound.over(quota(), bytes);
    return over == null ? null : over.refusal();
  }

  private ClientQuota quota() {
    return quotas.of(TENANT, Limits.INITIAL, "client");
  }
}

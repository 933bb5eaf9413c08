package io.tidegate.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidegate.allowance.ManualNanos;
import io.tidegate.allowance.MemoryAllowances;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.MemoryDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StorageTest {
  private static final TenantId TENANT = new TenantId(new UUID(1, 1));

  private final ManualNanos clock = new ManualNanos();
  private final MemoryDirectory directory = new MemoryDirectory();
  private final MemoryCensus census = new MemoryCensus();
  private final List<String> warnings = new ArrayList<>();

  private Quotas quotas(Census of) {
    Quotas quotas = new Quotas(directory, new MemoryAllowances(clock), of, clock);
    quotas.listen((tenant, limit, used, most) -> warnings.add(limit + " " + used + "/" + most));
    return quotas;
  }

  private Storage limited(long bytes) {
    directory.putLimits(TENANT, new Limits(Map.of(Limit.STORED_BYTES, bytes)));
    return quotas(census).of(TENANT).storage();
  }

  @Test
  void whatPassesTheLimitIsRefusedAsAWhole() {
    census.stored = 600;
    Storage storage = limited(1_000);
    store(storage, 300);
    assertRefused(storage, 101);
    store(storage, 100);
    assertRefused(storage, 1);
  }

  @Test
  void refusalSaysTheLimitAndWhatToDo() {
    Storage storage = limited(10);
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> storage.claim(11));
    assertThat(refused.refusal()).isEqualTo(Refusal.STORAGE_LIMIT_REACHED);
    assertThat(refused.detail()).contains("10 bytes", "(storedBytes)", "delete", "higher limit");
    assertThat(refused.retryAfterMillis()).isPositive();
  }

  @Test
  void whatFailsOrWasKnownTakesNoRoom() {
    Storage storage = limited(1_000);
    CompletableFuture<Long> failing = new CompletableFuture<>();
    storage.claim(900).until(() -> failing, used -> used);
    assertRefused(storage, 101);
    failing.completeExceptionally(new RefusedException(Refusal.PUBLISH_QUEUE_FULL, "full"));
    storage.claim(900).until(() -> CompletableFuture.completedFuture(0L), used -> used);
    Storage.Claim claim = storage.claim(900);
    assertThatThrownBy(
            () ->
                claim.until(
                    () -> {
                      throw new IllegalStateException("fails at once");
                    },
                    used -> 0))
        .isInstanceOf(IllegalStateException.class);
    store(storage, 1_000);
  }

  @Test
  void whatWasDeletedMakesRoomWithinASecond() {
    census.stored = 1_000;
    Storage storage = limited(1_000);
    clock.advanceMillis(10_000);
    census.stored = 0;
    store(storage, 1_000);
    census.stored = 100;
    assertRefused(storage, 1);
    clock.advanceMillis(1_000);
    store(storage, 900);
  }

  @Test
  void refusalsMeasureOnceASecondAtMost() {
    census.stored = 1_000;
    Storage storage = limited(1_000);
    for (int i = 0; i < 100; i++) {
      assertRefused(storage, 1);
    }
    assertThat(census.measures).isEqualTo(1);
    clock.advanceMillis(1_000);
    for (int i = 0; i < 100; i++) {
      assertRefused(storage, 1);
    }
    assertThat(census.measures).isEqualTo(2);
  }

  @Test
  void whatOthersStoreIsKnownWithin30Seconds() {
    Storage storage = limited(1_000);
    store(storage, 100);
    census.stored = 950;
    store(storage, 100);
    clock.advanceMillis(30_000);
    census.stored = 1_000;
    assertRefused(storage, 1);
  }

  @Test
  void whatIsOnItsWayWhileMeasuringIsCountedOnce() {
    Storage storage = limited(1_000);
    CompletableFuture<Long> slow = new CompletableFuture<>();
    storage.claim(400).until(() -> slow, used -> used);
    clock.advanceMillis(30_000);
    assertRefused(storage, 601);
    slow.complete(400L);
    assertRefused(storage, 601);
    store(storage, 600);
    clock.advanceMillis(30_000);
    census.stored = 1_000;
    assertRefused(storage, 1);
  }

  @Test
  void comingNearIsSaidOnce() {
    Storage storage = limited(1_000);
    store(storage, 799);
    assertThat(warnings).isEmpty();
    store(storage, 1);
    store(storage, 100);
    assertThat(warnings).containsExactly("STORED_BYTES 800/1000");
  }

  @Test
  void changedLimitHoldsAtOnceAndWithoutOneNothingIsMeasured() {
    directory.putLimits(TENANT, new Limits(Map.of()));
    Quotas quotas = quotas(census);
    census.stored = 500;
    store(quotas.of(TENANT).storage(), 1_000_000);
    assertThat(census.measures).isZero();
    directory.putLimits(TENANT, new Limits(Map.of(Limit.STORED_BYTES, 501L)));
    assertRefused(quotas.of(TENANT).storage(), 2);
    directory.putLimits(TENANT, new Limits(Map.of(Limit.STORED_BYTES, 502L)));
    store(quotas.of(TENANT).storage(), 2);
  }

  @Test
  void whatNobodyCanTellRefusesAndWhatWasToldStands() {
    boolean[] away = {true};
    Census blind =
        new Census() {
          @Override
          public Set<ChannelId> channels(TenantId tenant, long most) {
            return Set.of();
          }

          @Override
          public boolean isOpen(ChannelId channel) {
            return true;
          }

          @Override
          public long storedBytes(TenantId tenant) {
            if (away[0]) {
              throw new RefusedException(Refusal.STORE_UNAVAILABLE, "away");
            }
            return 10;
          }
        };
    directory.putLimits(TENANT, new Limits(Map.of(Limit.STORED_BYTES, 100L)));
    Storage storage = quotas(blind).of(TENANT).storage();
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> storage.claim(1));
    assertThat(refused.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE);
    away[0] = false;
    store(storage, 40);
    away[0] = true;
    clock.advanceMillis(60_000);
    store(storage, 50);
    assertRefused(storage, 1);
  }

  private static void store(Storage storage, long bytes) {
    storage.claim(bytes).until(() -> CompletableFuture.completedFuture(bytes), used -> used);
  }

  private static void assertRefused(Storage storage, long bytes) {
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> storage.claim(bytes));
    assertThat(refused.refusal()).isEqualTo(Refusal.STORAGE_LIMIT_REACHED);
  }
}

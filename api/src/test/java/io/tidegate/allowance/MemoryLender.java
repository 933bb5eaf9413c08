package io.tidegate.allowance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** What limits.lua does, over a clock that a test moves. */
final class MemoryLender {
  private static final double MICROS = 1e6;

  private final LongSupplier micros;
  private final Map<String, Shared> all = new HashMap<>();
  private boolean born;
  private long bornMicros;
  private boolean up = true;

  MemoryLender(LongSupplier micros) {
    this.micros = micros;
  }

  private static final class Shared {
    private double tokens;
    private long atMicros = -1;
    private final Map<String, Hand> hands = new HashMap<>();

    private long others(String node, long now) {
      hands.values().removeIf(hand -> hand.till < now);
      return hands.entrySet().stream()
          .filter(one -> !one.getKey().equals(node))
          .mapToLong(one -> one.getValue().many)
          .sum();
    }
  }

  private record Hand(long many, long till) {}

  void up(boolean now) {
    up = now;
  }

  /** Everything it knew is gone. */
  void forget() {
    all.clear();
    born = false;
  }

  /** As one node sees it. */
  Lender of(String node) {
    Set<Integer> known = new HashSet<>();
    return new Lender() {
      @Override
      public boolean isUp() {
        return up;
      }

      @Override
      public CompletionStage<List<Loan>> lend(int partition, List<Wish> wishes) {
        if (!up) {
          return CompletableFuture.failedFuture(new IllegalStateException("away"));
        }
        if (!born) {
          born = true;
          bornMicros = known.contains(partition) ? micros.getAsLong() : 0;
        }
        known.add(partition);
        List<Loan> loans = new ArrayList<>();
        for (Wish wish : wishes) {
          Shared shared = all.computeIfAbsent(wish.name(), name -> new Shared());
          loans.add(
              switch (wish) {
                case Wish.Tokens tokens -> tokens(shared, node, tokens);
                case Wish.Places places -> places(shared, node, places);
              });
        }
        return CompletableFuture.completedFuture(loans);
      }
    };
  }

  private Loan tokens(Shared shared, String node, Wish.Tokens wish) {
    long now = micros.getAsLong();
    double rate = wish.rate().perSecond();
    double burst = wish.rate().burst();
    long others = shared.others(node, now);
    double t;
    if (shared.atMicros < bornMicros || shared.atMicros < 0) {
      t = bornMicros == 0 ? burst : rate * (now - bornMicros) / MICROS;
    } else {
      t = shared.tokens + rate * Math.max(0, now - shared.atMicros) / MICROS;
    }
    t = Math.min(t + wish.back(), Math.max(0, burst - others - wish.held()));
    if (bornMicros == 0 || now - bornMicros > 5 * MICROS) {
      t = Math.max(t - wish.owed(), -burst);
    }
    long there = Math.max(0, (long) Math.floor(t + 1e-6));
    long needed = Math.min(wish.need(), there);
    there -= needed;
    long most = Math.max(1, Math.max((long) (rate / 5), there / 4));
    long more = Math.min(wish.ahead(), Math.min(most, there));
    shared.tokens = t - needed - more;
    shared.atMicros = now;
    put(shared, node, wish.held() + more, now + Lender.TOKENS_MILLIS * 1_000);
    return new Loan(needed + more, shared.tokens);
  }

  private Loan places(Shared shared, String node, Wish.Places wish) {
    long now = micros.getAsLong();
    long others = shared.others(node, now);
    long room = Math.max(0, wish.most() - others);
    long needed = Math.max(wish.inUse(), Math.min(wish.need(), room));
    long ahead = Math.max(0, Math.min(wish.want() - wish.need(), Math.floorDiv(room - needed, 4)));
    put(shared, node, needed + ahead, now + Lender.PLACES_MILLIS * 1_000);
    return new Loan(needed + ahead, others);
  }

  private static void put(Shared shared, String node, long many, long till) {
    if (many > 0) {
      shared.hands.put(node, new Hand(many, till));
    } else {
      shared.hands.remove(node);
    }
  }
}

package io.tidegate.allowance;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisNames;
import io.tidegate.redis.RedisScript;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongSupplier;

/**
 * Lends from Redis: one script for all wishes of a partition, which its keys' hash tag keeps
 * together. Names are hashed: what is in a key is a client's or an address's business.
 */
final class RedisLender implements Lender {
  private static final RedisScript LIMITS = RedisScript.of("limits");

  private final RedisLink link;
  private final String node;
  private final LongSupplier aheadMillis;

  /** 1 for partitions that have answered once: a server that does not know one has lost it. */
  private final AtomicIntegerArray known = new AtomicIntegerArray(PARTITIONS);

  /**
   * @param node names this process and no other
   * @param aheadMillis added to the server's clock, by tests
   */
  RedisLender(RedisLink link, String node, LongSupplier aheadMillis) {
    this.link = link;
    this.node = node;
    this.aheadMillis = aheadMillis;
  }

  static String key(int partition, String name) {
    return "{tgl" + partition + "}:l:" + RedisNames.hash(name);
  }

  @Override
  public boolean isUp() {
    return link.isUp();
  }

  @Override
  public CompletionStage<List<Loan>> lend(int partition, List<Wish> wishes) {
    List<String> keys = new ArrayList<>();
    List<String> args = new ArrayList<>();
    keys.add("{tgl" + partition + "}:b");
    args.add(Long.toString(aheadMillis.getAsLong()));
    args.add(node);
    args.add(Integer.toString(known.get(partition)));
    args.add(Long.toString(TOKENS_MILLIS));
    args.add(Long.toString(PLACES_MILLIS));
    for (Wish wish : wishes) {
      keys.add(key(partition, wish.name()));
      add(args, wish);
    }
    byte[][] bytes =
        args.stream().map(arg -> arg.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    return link.<List<byte[]>>eval(LIMITS, ScriptOutputType.MULTI, keys, bytes)
        .thenApply(answer -> loans(partition, answer));
  }

  private static void add(List<String> args, Wish wish) {
    switch (wish) {
      case Wish.Tokens tokens -> {
        args.add("t");
        add(args, tokens.rate().perSecond(), tokens.rate().burst(), tokens.need(), tokens.ahead());
        add(args, tokens.held(), tokens.back(), tokens.owed());
      }
      case Wish.Places places -> {
        args.add("p");
        add(args, places.most(), places.inUse(), places.need(), places.want());
        add(args, 0, 0, 0);
      }
    }
  }

  private static void add(List<String> args, long... numbers) {
    Arrays.stream(numbers).mapToObj(Long::toString).forEach(args::add);
  }

  private List<Loan> loans(int partition, List<byte[]> answer) {
    known.set(partition, 1);
    List<Loan> loans = new ArrayList<>();
    for (int i = 0; i < answer.size(); i += 2) {
      loans.add(
          new Loan(
              Long.parseLong(text(answer.get(i))), Double.parseDouble(text(answer.get(i + 1)))));
    }
    return loans;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}

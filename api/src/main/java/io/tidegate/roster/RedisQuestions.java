package io.tidegate.roster;

import io.tidegate.problem.RefusedException;
import io.tidegate.redis.RedisLink;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions in a list for each node, which it looks at five times a second; answers in a list for
 * each question. People ask, now and then: what waits has a bound, and what is older than they wait
 * is gone.
 */
public final class RedisQuestions implements Questions {
  private static final int BEAT_MILLIS = 200;
  private static final int LOOK_MILLIS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How much longer than it is waited for an answer is kept. */
  private static final Duration KEPT_LONGER = Duration.ofSeconds(1);

  /** In a node's list; who asks when so many wait is not answered. */
  private static final int MOST_WAITING = 200;

  private static final int ANSWERED_AT_ONCE = 20;
  private static final String QUESTIONS = "{tgq}:q:";
  private static final String ANSWERS = "{tgq}:a:";
  private static final Logger LOG = LoggerFactory.getLogger(RedisQuestions.class);

  private final RedisLink link;
  private final Leases leases;
  private final Executor blocking;
  private volatile @Nullable Function<String, @Nullable String> answerer;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private final Duration patience;

  /**
   * @param blocking virtual threads
   */
  public RedisQuestions(
      RedisLink link, Leases leases, ScheduledExecutorService timer, Executor blocking) {
    this(link, leases, timer, blocking, PATIENCE);
  }

  /**
   * @param patience how long one who asks waits for the last answer
   */
  RedisQuestions(
      RedisLink link,
      Leases leases,
      ScheduledExecutorService timer,
      Executor blocking,
      Duration patience) {
    this.link = link;
    this.leases = leases;
    this.blocking = blocking;
    this.patience = patience;
    timer.scheduleWithFixedDelay(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void answer(Function<String, @Nullable String> by) {
    answerer = by;
  }

  @Override
  public List<String> ask(String question) {
    String id = UUID.randomUUID().toString();
    String answers = ANSWERS + id;
    byte[] entry = RedisSheet.utf8(id + " " + question);
    String own = Leases.node(leases.own());
    try {
      List<String> others =
          leases.live().stream()
              .map(Leases::node)
              .distinct()
              .filter(node -> !node.equals(own))
              .toList();
      for (String node : others) {
        String key = QUESTIONS + node;
        RedisRoster.await(link.ask(redis -> redis.rpush(key, entry)));
        RedisRoster.await(link.ask(redis -> redis.ltrim(key, 0, MOST_WAITING - 1)));
        RedisRoster.await(link.ask(redis -> redis.pexpire(key, keptMillis())));
      }
      return others.isEmpty() ? List.of() : heard(answers, others.size());
    } catch (RefusedException away) {
      LOG.debug("other nodes cannot be asked now", away);
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private List<String> heard(String answers, int of) throws InterruptedException {
    long since = System.nanoTime();
    List<byte[]> some;
    do {
      Thread.sleep(LOOK_MILLIS);
      some = RedisRoster.await(link.ask(redis -> redis.lrange(answers, 0, -1)));
    } while (some.size() < of && System.nanoTime() - since < patience.toNanos());
    return some.stream().map(RedisSheet::text).filter(text -> !text.isEmpty()).toList();
  }

  private long keptMillis() {
    return patience.plus(KEPT_LONGER).toMillis();
  }

  private void beat() {
    if (answerer == null || !link.isUp() || !underWay.compareAndSet(false, true)) {
      return;
    }
    String key = QUESTIONS + Leases.node(leases.own());
    link.ask(redis -> redis.lpop(key, ANSWERED_AT_ONCE))
        .whenComplete(
            (some, failure) -> {
              underWay.set(false);
              if (failure == null && some != null) {
                some.forEach(entry -> blocking.execute(() -> reply(RedisSheet.text(entry))));
              }
            });
  }

  /** Says something even when it has nothing to say: who asks need not wait for it. */
  private void reply(String entry) {
    int space = entry.indexOf(' ');
    Function<String, @Nullable String> by = answerer;
    if (space < 0 || by == null) {
      return;
    }
    String said = null;
    try {
      said = by.apply(entry.substring(space + 1));
    } catch (RuntimeException e) {
      LOG.warn("another node's question could not be answered", e);
    }
    String key = ANSWERS + entry.substring(0, space);
    byte[] answer = RedisSheet.utf8(said == null ? "" : said);
    link.ask(redis -> redis.rpush(key, answer))
        .thenCompose(size -> link.ask(redis -> redis.pexpire(key, keptMillis())))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.debug("an answer to another node is lost", failure);
              }
            });
  }
}

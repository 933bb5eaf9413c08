package io.tidegate.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/** What publishers were told, held against history afterwards. */
final class Ledger {
  private final Map<ChannelId, Told> channels = new ConcurrentHashMap<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger unknown = new AtomicInteger();

  private static final class Told {
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Queue<String[]> unknown = new ConcurrentLinkedQueue<>();
  }

  /** Publishes one unit and writes the answer down; the answer's refusal, if it was one. */
  void publish(MessageLog log, ChannelId channel, String... ids) {
    PublishUnit unit =
        MessageLogContract.unit(
            channel,
            Arrays.stream(ids)
                .map(id -> MessageLogContract.draft(id, "\"" + id + "\""))
                .toArray(Draft[]::new));
    Told told = channels.computeIfAbsent(channel, c -> new Told());
    try {
      Published answer =
          MessageLogContract.await(log.append(unit, MessageLogContract.DAYS_30, published -> {}));
      answer.items().forEach(item -> told.acknowledged.put(item.id(), item.seq()));
      told.refused.removeAll(told.acknowledged.keySet());
      acknowledged.addAndGet(ids.length);
    } catch (RefusedException e) {
      if (e.refusal() == Refusal.OUTCOME_UNKNOWN) {
        unknown.addAndGet(ids.length);
        told.unknown.add(ids);
      } else {
        assertThat(e.refusal()).isIn(Refusal.STORE_UNAVAILABLE, Refusal.PUBLISH_QUEUE_FULL);
        told.refused.addAll(List.of(ids));
        refused.addAndGet(ids.length);
        comeBackLater(e);
      }
    }
  }

  /** As every client does: while the database is away, nobody runs through all that it has. */
  private static void comeBackLater(RefusedException refused) {
    Long millis = refused.retryAfterMillis();
    try {
      Thread.sleep(millis == null ? 0 : millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whoever was told outcome-unknown sends the same ids again; the database is back. */
  void retryUnknown(MessageLog log) {
    channels.forEach(
        (channel, told) -> {
          for (String[] ids = told.unknown.poll(); ids != null; ids = told.unknown.poll()) {
            List<String> again = List.of(ids);
            // A busy machine may have it refused for a moment, or let it wait for too long.
            Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(
                    () -> {
                      publish(log, channel, again.toArray(String[]::new));
                      return told.acknowledged.keySet().containsAll(again);
                    });
          }
        });
  }

  int acknowledged() {
    return acknowledged.get();
  }

  /**
   * Acknowledged messages are there exactly once, where they were said to be, refused ones are not,
   * the others at most once, and there is no hole.
   */
  void check(MessageLog log) {
    channels.forEach((channel, told) -> check(log, channel, told));
    System.out.printf(
        "%d acknowledged, %d refused, %d unknown%n",
        acknowledged.get(), refused.get(), unknown.get());
  }

  private static void check(MessageLog log, ChannelId channel, Told told) {
    List<Message> history = history(log, channel);
    assertThat(history)
        .extracting(Message::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, history.size()).boxed().toList());
    Map<String, Long> stored = new HashMap<>();
    for (Message message : history) {
      assertThat(stored.put(message.id(), message.seq())).as("twice: " + message.id()).isNull();
      assertThat(message.data()).isEqualTo(MessageLogContract.utf8("\"" + message.id() + "\""));
    }
    assertThat(stored).containsAllEntriesOf(told.acknowledged);
    assertThat(told.refused).noneMatch(stored::containsKey);
  }

  private static List<Message> history(MessageLog log, ChannelId channel) {
    List<Message> all = new ArrayList<>();
    List<Message> page;
    do {
      page =
          log.of(MessageLogContract.TENANT)
              .readForward(channel, all.size() + 1L, 1_000, MessageLogContract.DAYS_30);
      all.addAll(page);
    } while (page.size() == 1_000);
    return all;
  }
}

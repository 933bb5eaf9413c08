package io.tidegate.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes tell each other more than they may, or before anybody listens. */
class RedisTidingsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> KEYS = List.of("{t}:l", "{t}:n");
  private static final String MISSED = "*";

  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final Node one = new Node("one");
  private final Node two = new Node("two");

  private final class Node implements RedisTidings.Listener<String> {
    private final RedisLink link = PatientLink.open(redis.url(), timer);
    private final RedisTidings<String> tidings;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();

    Node(String name) {
      tidings = new RedisTidings<>(link, name, KEYS, timer);
    }

    void listen() {
      tidings.listen(this);
      int before = answers.get();
      await().atMost(PATIENCE).until(() -> answers.get() > before);
    }

    @Override
    public String text(String told) {
      return told;
    }

    @Override
    public void heard(List<String> texts, Collection<String> own, boolean all) {
      heard.addAll(texts);
      answers.incrementAndGet();
    }
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
    one.link.close();
    two.link.close();
    redis.close();
  }

  @Test
  void whatIsToldBeforeItListensIsToldThen() {
    two.listen();
    one.tidings.tell("early", null);
    one.tidings.tell("early", null);
    one.listen();
    one.tidings.tell("later", null);
    await().atMost(PATIENCE).until(() -> two.heard.contains("later"));
    assertThat(two.heard).containsExactly("early", "later");
    assertThat(one.heard).isEmpty();
  }

  @Test
  void whatThereIsNoRoomForIsSaidInOneWord() {
    two.listen();
    for (int i = 0; i < 10_000; i++) {
      one.tidings.tell("some" + i, MISSED);
    }
    one.tidings.tell("lost", MISSED);
    one.tidings.tell("lost, too", MISSED);
    one.tidings.tell("lost without a word", null);
    one.listen();
    await().atMost(PATIENCE).until(() -> two.heard.contains(MISSED));
    one.tidings.tell("there is room again", MISSED);
    await().atMost(PATIENCE).until(() -> two.heard.contains("there is room again"));
    assertThat(two.heard).containsOnlyOnce(MISSED).noneMatch(text -> text.startsWith("lost"));
  }
}

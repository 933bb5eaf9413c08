package io.tidegate.metalog;

import io.tidegate.channel.AppId;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A node makes events for who listens on another, and none when that is over. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
final class RedisListenersTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final AppId APP = new AppId("482913");

  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final RedisLink first = link();
  private final RedisLink second = link();
  private final MetaLog listening = new MetaLog(System::nanoTime);
  private final MetaLog telling = new MetaLog(System::nanoTime);

  private RedisLink link() {
    return PatientLink.open(redis.url(), timer);
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
    first.close();
    second.close();
    redis.close();
  }

  private void begin() {
    new RedisListeners(first, listening, timer);
    new RedisListeners(second, telling, timer);
  }

  private static void await(boolean heard, MetaLog log) {
    Awaitility.await().atMost(PATIENCE).until(() -> log.isHeard() == heard);
  }

  @Test
  void whoListensOnOneNodeIsToldOfWhatHappensOnAnother() {
    begin();
    listening.listen(APP);
    await(true, telling);
    listening.unlisten(APP);
    await(false, telling);
    await(false, listening);
  }

  @Test
  void whileRedisIsAwayEachNodeTellsItsOwn() {
    begin();
    listening.listen(APP);
    await(true, telling);
    redis.kill();
    await(false, telling);
    await(true, listening);
  }
}

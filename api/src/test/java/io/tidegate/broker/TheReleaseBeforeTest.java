package io.tidegate.broker;

import static io.tidegate.broker.BrokerContract.TENANT;
import static io.tidegate.broker.BrokerContract.WINDOW;
import static io.tidegate.broker.BrokerContract.draft;
import static io.tidegate.broker.BrokerContract.freshChannel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Message;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import io.tidegate.redis.RedisScript;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A node of the release before runs beside this one, with the scripts that it has: it knows nothing
 * of channels that have left, and is disturbed by none.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TheReleaseBeforeTest {
  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
  private final RedisLink link = PatientLink.open(redis.url(), timer);
  private final RedisBroker broker = new RedisBroker(link, timer, new MemoryClaims()::claim);

  @AfterAll
  void close() {
    broker.close();
    link.close();
    redis.close();
    timer.shutdownNow();
  }

  private Published publish(ChannelId channel, String id) {
    try {
      return broker
          .publish(new PublishUnit(TENANT, channel, List.of(draft(id, "1"))), WINDOW)
          .toCompletableFuture()
          .join();
    } catch (CompletionException e) {
      throw RefusedException.of(e);
    }
  }

  private <T> T before(
      String script, ScriptOutputType type, RedisChannel channel, boolean trail, String... args) {
    List<String> keys = new ArrayList<>();
    if (script.equals("publish")) {
      keys.addAll(trail(channel));
    }
    keys.add(channel.base());
    if (trail && !script.equals("publish")) {
      keys.addAll(trail(channel));
    }
    List<byte[]> bytes = new ArrayList<>(List.of(RedisArguments.of(0)));
    for (String arg : args) {
      bytes.add(RedisArguments.of(arg));
    }
    RedisScript text =
        script.equals("forget")
            ? RedisScript.of("previous/forget")
            : RedisScript.of("previous/channel", "previous/" + script);
    return link.<T>eval(text, type, keys, bytes.toArray(byte[][]::new))
        .toCompletableFuture()
        .join();
  }

  private static List<String> trail(RedisChannel channel) {
    return List.of(
        RedisChannel.trail(channel.partition()), RedisChannel.trailEnd(channel.partition()));
  }

  private List<Object> headBefore(RedisChannel channel, String fresh) {
    return before(
        "head",
        ScriptOutputType.MULTI,
        channel,
        false,
        "1000",
        "120000",
        fresh,
        channel.text(),
        channel.list());
  }

  private void publishBefore(RedisChannel channel) {
    before(
        "publish",
        ScriptOutputType.MULTI,
        channel,
        true,
        "PUBLISH",
        "100",
        "1000",
        "120000",
        "wbefore",
        channel.text(),
        channel.list(),
        "1",
        "",
        "",
        new String(MessageBytes.of(draft("old", "1")), java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void goesOnWithAChannelThatHasLeftAndIsFollowedWhenThatIsOver() {
    ChannelId id = freshChannel();
    RedisChannel channel = RedisChannel.of(id);
    publish(id, "a");
    broker.leave(TENANT, id, Durability.WINDOW);
    assertThat(headBefore(channel, "")).hasSize(3);
    broker.forget(id);
    assertThat(headBefore(channel, ""))
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(), none -> assertThat(none).hasSizeLessThan(3));
    assertThat(before("touch", ScriptOutputType.INTEGER, channel, false, "1000").toString())
        .isEqualTo("1");
    List<Object> heads = before("heads", ScriptOutputType.MULTI, channel, false);
    assertThat(heads).allSatisfy(nothing -> assertThat((byte[]) nothing).isEmpty());
    publishBefore(channel);
    publishBefore(channel);
    assertThat(headBefore(channel, "")).hasSize(3);
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> publish(id, "behind"));
    assertThat(refused.refusal()).as("this release knows better").isEqualTo(Refusal.RULES_UNKNOWN);
    assertThat(broker.readForward(id, 1, 10, WINDOW)).extracting(Message::seq).hasSize(2);
    before("forget", ScriptOutputType.INTEGER, channel, false);
    assertThat(broker.head(id, WINDOW)).isEmpty();
  }

  @Test
  void movesAChannelBackHereAndThisReleasePublishesToItWhenTheFenceIsOver() {
    ChannelId id = freshChannel();
    RedisChannel channel = RedisChannel.of(id);
    broker.shun(TENANT, id, Durability.NONE);
    before(
        "renew",
        ScriptOutputType.VALUE,
        channel,
        true,
        "wback",
        channel.text(),
        channel.list(),
        "41",
        "",
        "100");
    Published next = publish(id, "next");
    assertThat(next.epoch().value()).isEqualTo("wback");
    assertThat(next.items().getFirst().seq()).isEqualTo(42);
    assertThat(broker.shun(TENANT, id, Durability.WINDOW))
        .as("the release before wrote no class down: it may be any")
        .isFalse();
    assertThat(broker.head(id, Retention.NOTHING)).isPresent();
  }
}

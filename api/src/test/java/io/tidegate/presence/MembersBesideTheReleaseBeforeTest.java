package io.tidegate.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.ScriptOutputType;
import io.tidegate.broker.RedisChannel;
import io.tidegate.channel.ChannelId;
import io.tidegate.presence.RedisMembers.Live;
import io.tidegate.presence.RedisMembers.Place;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import io.tidegate.redis.RedisScript;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A node of the release before runs beside this one, with the scripts that it has: its sessions do
 * not tell how often their connection had gone on, and it does not ask.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MembersBesideTheReleaseBeforeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ITS_LEASE = "before-1";
  private static final long ITS_SESSION = 41;
  private static final long OURS = SessionNumber.of(1, 7);

  private final RedisProcess redis = RedisProcess.start();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final RedisLink link = PatientLink.open(redis.url(), timer);
  private final RedisPresence store =
      new RedisPresence(link, "here", PATIENCE, () -> 0, new PresenceFigures());
  private final PresenceStore here = new Patient(store);

  private final ChannelId channel = PresenceContract.channel("room");
  private final Member ada = new Member("ada", channel.app() + "-ada", "1");

  @AfterAll
  void close() {
    store.close();
    link.close();
    timer.shutdownNow();
    redis.close();
  }

  private <T extends @Nullable Object> T before(
      String script, ScriptOutputType type, ChannelId in, Object... more) {
    String owner = RedisPresence.owner(ITS_LEASE, ITS_SESSION);
    String[] args = new String[2 + more.length];
    args[0] = ada.key();
    args[1] = owner;
    for (int i = 0; i < more.length; i++) {
      args[2 + i] = more[i].toString();
    }
    return RedisPresence.await(
        link.eval(
            RedisScript.of("previous/presence", "previous/presence-" + script),
            type,
            RedisPresence.keys(RedisChannel.of(in)),
            RedisLease.arguments(() -> 0, RedisPresence.utf8("PUBLISH"), args)));
  }

  /** Mode 2: put in again. */
  private void enterBefore(int mode) {
    before(
        "enter", ScriptOutputType.MULTI, channel, "2", 10, mode, RedisChannel.of(channel).text());
  }

  private long leaveBefore() {
    return this.<Long>before("leave", ScriptOutputType.INTEGER, channel, 0);
  }

  private @Nullable String data() {
    return here.read(channel).members().values().stream()
        .map(Member::data)
        .findAny()
        .orElse("nobody");
  }

  @Test
  void membersGoOnBetweenThem() {
    assertThat(here.enter(channel, ada, OURS, 10, false).outcome())
        .isEqualTo(PresenceStore.Outcome.IN);
    // What it puts in again leaves ours alone, and it takes nothing of ours out.
    enterBefore(2);
    assertThat(leaveBefore()).isZero();
    assertThat(data()).isEqualTo("1");
    // The client goes on there, and back here.
    assertThat(this.<byte[]>before("resume", ScriptOutputType.VALUE, channel)).isNotNull();
    here.leave(channel, ada.key(), OURS);
    assertThat(data()).isEqualTo("1");
    enterBefore(1);
    assertThat(data()).isEqualTo("2");
    long next = SessionNumber.of(2, 9);
    assertThat(here.resume("ada", ada.connectionId(), next)).isEqualTo(List.of(channel));
    assertThat(leaveBefore()).isZero();
    assertThat(data()).isEqualTo("2");
    here.leave(channel, ada.key(), next);
    assertThat(data()).isEqualTo("nobody");
  }

  /** It is not known which of the two is later: whoever has the member keeps it. */
  @Test
  void whatItHasIsNotTakenFromItWhenOursArePutInAgain() {
    enterBefore(0);
    RedisMembers members = new RedisMembers(link, () -> 0, RedisPresence.utf8("PUBLISH"));
    members.put(new Place(channel, ada.key()), new Live("1", OURS));
    BitSet all = new BitSet();
    all.set(0, RedisChannel.PARTITIONS);
    assertThat(members.writeAgain(all, new BitSet(), "here-1").cardinality()).isZero();
    assertThat(data()).isEqualTo("2");
    assertThat(leaveBefore()).isEqualTo(1);
  }
}

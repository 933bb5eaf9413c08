package io.tidegate.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.cluster.SlotHash;
import io.tidegate.broker.RedisChannel;
import io.tidegate.channel.ChannelId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisCluster;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes over a Redis Cluster of three primaries. */
class RedisClusterPresenceTest extends PresenceContract {
  private static RedisCluster cluster;
  private static final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

  private volatile long ahead;
  private final RedisLink link = open();
  private final RedisLink otherLink = open();
  private final RedisPresence here =
      new RedisPresence(link, "here", Duration.ZERO, () -> ahead, new PresenceFigures());
  private final RedisPresence there =
      new RedisPresence(otherLink, "there", Duration.ZERO, () -> ahead, new PresenceFigures());

  @BeforeAll
  static void startCluster() {
    cluster = RedisCluster.start();
  }

  @AfterAll
  static void stopCluster() {
    timer.shutdownNow();
    cluster.close();
  }

  private static RedisLink open() {
    return PatientLink.open(cluster.url(), timer);
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    link.close();
    otherLink.close();
  }

  @Override
  PresenceStore here() {
    return new Patient(here);
  }

  @Override
  PresenceStore there() {
    return new Patient(there);
  }

  @Override
  void pass(Duration time) {
    ahead += time.toMillis();
  }

  private static RedisProcess primaryOf(ChannelId of) {
    return cluster.of(SlotHash.getSlot(RedisChannel.of(of).base()));
  }

  private static RedisProcess primaryOfLeases() {
    return cluster.of(SlotHash.getSlot(RedisLease.LEASES.getFirst()));
  }

  /** A channel whose primary is, or is not, this one. */
  private static ChannelId channelOf(RedisProcess primary, boolean wanted) {
    ChannelId found = channel("room");
    while ((primaryOf(found) == primary) != wanted) {
      found = channel("room");
    }
    return found;
  }

  /** A client whose connection is noted at another primary: it may enter while this one is dead. */
  private String clientNotNotedAt(RedisProcess primary) {
    return IntStream.iterate(1, next -> next + 1)
        .mapToObj(number -> "new-" + number)
        .filter(one -> cluster.of(SlotHash.getSlot(noted(one))) != primary)
        .findFirst()
        .orElseThrow();
  }

  private String noted(String clientId) {
    return RedisMembers.connectionKey(connection(clientId));
  }

  private void enter(ChannelId into, String clientId, long session) {
    here().enter(into, member(clientId), session, 100, false);
  }

  private Set<String> clients(ChannelId of) {
    return Set.copyOf(there().read(of).members().values().stream().map(Member::clientId).toList());
  }

  private void awaitClients(ChannelId of, String... clientIds) {
    await().atMost(PATIENCE).until(() -> clients(of).equals(Set.of(clientIds)));
  }

  @Test
  void aNodeThatIsGoneTakesItsMembersWithItOnEveryPrimary() {
    Set<ChannelId> channels =
        Set.of(
            channelOf(cluster.nodes().get(0), true),
            channelOf(cluster.nodes().get(1), true),
            channelOf(cluster.nodes().get(2), true));
    for (ChannelId one : channels) {
      enter(one, "ada", 1);
      there().enter(one, member("bob"), 1, 10, false);
    }
    here.close();
    link.close();
    channels.forEach(one -> awaitClients(one, "bob"));
  }

  /** Not the primary that holds the leases: it knows of everybody who is alive. */
  @Test
  void whileOnePrimaryIsDeadTheOthersSlotsGoOnAndNobodyIsAGhostWhenItIsBack() {
    RedisProcess dying =
        cluster.nodes().stream().filter(one -> one != primaryOfLeases()).findAny().orElseThrow();
    ChannelId lost = channelOf(dying, true);
    ChannelId kept = channelOf(dying, false);
    for (ChannelId one : Set.of(lost, kept)) {
      enter(one, "stays", 1);
      enter(one, "held", 2);
      enter(one, "leaves", 3);
    }
    String newcomer = clientNotNotedAt(dying);
    dying.kill();
    try {
      here().leave(kept, member("leaves").key(), 3);
      here().hold(kept, member("held").key(), 2, Duration.ofSeconds(60));
      enter(kept, newcomer, 4);
      awaitClients(kept, "stays", "held", newcomer);
      pass(Duration.ofSeconds(61));
      awaitClients(kept, "stays", newcomer);
      forgetWhileAway(lost);
    } finally {
      dying.restart();
    }
    // It is back with nothing: whose client is there is put in again, nobody else.
    awaitClients(lost, "stays");
    awaitClients(kept, "stays", newcomer);
    enter(lost, "new", 4);
    awaitClients(lost, "stays", "new");
  }

  /** They go while nobody can be told; a node keeps on telling. */
  private void forgetWhileAway(ChannelId of) {
    Thread.ofVirtual().start(() -> here().leave(of, member("leaves").key(), 3));
    Thread.ofVirtual().start(() -> here().leave(of, member("held").key(), 2));
  }

  @Test
  void aPrimaryOfLeasesThatComesBackWithNothingEndsNobodysPresence() {
    RedisProcess dying = primaryOfLeases();
    ChannelId kept = channelOf(dying, false);
    ChannelId lost = channelOf(dying, true);
    await().atMost(PATIENCE).until(() -> !here.leaseName().endsWith("-0"));
    enter(kept, "ada", 1);
    enter(lost, "ada", 1);
    long version = there().read(kept).version();
    String lease = here.leaseName();
    dying.kill();
    dying.restart();
    awaitClients(lost, "ada");
    await().atMost(PATIENCE).until(() -> !here.leaseName().equals(lease));
    awaitClients(kept, "ada");
    assertThat(there().read(kept).version()).as("nobody was seen to leave").isEqualTo(version);
  }

  /** If it died before others can know of it, nobody would take its members out. */
  @Test
  void nobodyEntersOnANodeBeforeItsLeaseHasBegun() {
    RedisProcess dying = primaryOfLeases();
    ChannelId kept = channelOf(dying, false);
    Member early = member(clientNotNotedAt(dying));
    dying.kill();
    RedisPresence late =
        new RedisPresence(otherLink, "late", Duration.ZERO, () -> ahead, new PresenceFigures());
    try {
      assertThatThrownBy(() -> late.enter(kept, early, 1, 10, false))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused -> assertThat(refused.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE));
      awaitClients(kept);
    } finally {
      dying.restart();
    }
    new Patient(late).enter(kept, early, 1, 10, false);
    assertThat(clients(kept)).containsExactly(early.clientId());
    late.close();
    pass(Duration.ofSeconds(30));
    awaitClients(kept);
  }
}

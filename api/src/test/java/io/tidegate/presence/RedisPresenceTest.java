package io.tidegate.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.tidegate.broker.RedisChannel;
import io.tidegate.presence.RedisMembers.Live;
import io.tidegate.presence.RedisMembers.Mode;
import io.tidegate.presence.RedisMembers.Place;
import io.tidegate.redis.PatientLink;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisProcess;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes over one Redis: what the contract says, and what only several nodes show. */
class RedisPresenceTest extends PresenceContract {
  private static RedisProcess redis;
  private static final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

  private volatile long ahead;
  private final RedisLink link = open();
  private final RedisLink otherLink = open();
  private final PresenceFigures figures = new PresenceFigures();
  private final RedisPresence here =
      new RedisPresence(link, "here", Duration.ZERO, () -> ahead, figures);
  private final RedisPresence there =
      new RedisPresence(otherLink, "there", Duration.ZERO, () -> ahead, new PresenceFigures());

  @BeforeAll
  static void startRedis() {
    redis = RedisProcess.start();
  }

  @AfterAll
  static void stopRedis() {
    timer.shutdownNow();
    redis.close();
  }

  private static RedisLink open() {
    return PatientLink.open(redis.url(), timer);
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

  /** In steps that both nodes' leases outlive. */
  @Override
  void pass(Duration time) {
    ahead += time.toMillis();
  }

  @Test
  void aNodeThatIsGoneTakesItsMembersWithIt() {
    enter("ada", 1);
    there().enter(channel, member("bob"), 1, 10, false);
    here.close();
    link.close();
    awaitClients("bob");
  }

  /** Its old node has not noticed yet, and puts in what it knows of. */
  @Test
  void aNodeWhoseLeaseIsRenewedTakesNothingFromWhereverClientsWentOn() {
    await().atMost(PATIENCE).until(() -> !here.leaseName().endsWith("-0"));
    enter("ada", 1);
    assertThat(there().resume("ada", connection("ada"), 5)).containsExactly(channel);
    String lease = here.leaseName();
    pass(Duration.ofSeconds(30));
    await().atMost(PATIENCE).until(() -> !here.leaseName().equals(lease));
    enter("bob", 2);
    here().leave(channel, member("ada").key(), 1);
    awaitClients("ada", "bob");
    there().leave(channel, member("ada").key(), 5);
    awaitClients("bob");
  }

  @Test
  void aClientThatCameBackElsewhereStays() {
    enter("ada", 1);
    enter("eve", 2);
    here.close();
    link.close();
    assertThat(there().resume("ada", connection("ada"), 5)).containsExactly(channel);
    awaitClients("ada");
  }

  @Test
  void aNodeWhoseLeaseEndedPutsItsMembersInAgain() {
    await().atMost(PATIENCE).until(() -> !here.leaseName().endsWith("-0"));
    enter("ada", 1);
    String lease = here.leaseName();
    pass(Duration.ofSeconds(30));
    // Whoever is first: the other node takes them out, or this one is back before.
    await()
        .atMost(PATIENCE)
        .until(() -> !here.leaseName().equals(lease) && clients(there()).contains("ada"));
    here().leave(channel, member("ada").key(), 1);
    awaitClients();
  }

  private <T> T ask(Function<RedisClusterAsyncCommands<String, byte[]>, CompletionStage<T>> what) {
    return Patient.patiently(() -> RedisPresence.await(link.ask(what)));
  }

  private long secondsLeft(String key) {
    return ask(one -> one.ttl(key));
  }

  /** Redis forgets where a connection is after a day: its node says so again and again. */
  @Test
  void aConnectionOfManyDaysGoesOnElsewhere() {
    // Of a node without beats: the first of those says so, too, whenever it comes.
    RedisMembers members = new RedisMembers(link, () -> ahead, RedisPresence.utf8("PUBLISH"));
    Live ada = new Live(null, 1);
    Patient.patiently(
        () -> RedisPresence.await(members.enter(place(), ada, "old-1", 10, Mode.ENTER)));
    members.put(place(), ada);
    String key = RedisMembers.connectionKey(connection("ada"));
    await().atMost(PATIENCE).until(members::rememberAgain);
    assertThat(secondsLeft(key)).isGreaterThan(80_000);
    ask(one -> one.expire(key, 10_000));
    await().atMost(PATIENCE).until(members::rememberAgain);
    assertThat(secondsLeft(key)).isGreaterThan(80_000);
    ask(one -> one.del(key));
    assertThat(there().resume("ada", connection("ada"), 5)).isEmpty();
    await().atMost(PATIENCE).until(members::rememberAgain);
    assertThat(there().resume("ada", connection("ada"), 5)).containsExactly(channel);
  }

  /** So that one which goes from channel to channel for hours does not cost more and more. */
  @Test
  void whereAConnectionHasLeftIsNotNotedAnyMore() {
    // With its first beat a node notes all that it has: it may be over when this one has left.
    await().atMost(PATIENCE).until(() -> figures.refreshes() >= 2);
    enter("ada", 1);
    String key = RedisMembers.connectionKey(connection("ada"));
    here().leave(channel, member("ada").key(), 7);
    assertThat(secondsLeft(key)).isPositive();
    here().leave(channel, member("ada").key(), 1);
    await().atMost(PATIENCE).until(() -> secondsLeft(key) < 0);
  }

  @Test
  void whatRedisHasLostIsPutInAgain() {
    enter("ada", 1);
    enter("bob", 2);
    here().leave(channel, member("bob").key(), 2);
    long version = there().read(channel).version();
    redis.kill();
    redis.restart();
    await().atMost(PATIENCE).until(() -> clients(there()).equals(Set.of("ada")));
    assertThat(there().read(channel).version()).isGreaterThan(version);
    // Where connections are, too.
    await()
        .atMost(PATIENCE)
        .until(() -> there().resume("ada", connection("ada"), 5).equals(List.of(channel)));
  }

  /**
   * What a node with this member does when it finds that the servers of all channels are others.
   */
  private void putInAgain(Live live, boolean others) {
    RedisMembers members = new RedisMembers(link, () -> ahead, RedisPresence.utf8("PUBLISH"));
    members.put(place(), live);
    BitSet all = new BitSet();
    all.set(0, RedisChannel.PARTITIONS);
    assertThat(members.writeAgain(all, others ? all : new BitSet(), here.leaseName()).cardinality())
        .isZero();
  }

  private Place place() {
    return new Place(channel, member("ada").key());
  }

  /** Redis came back with nothing, and here nobody knows yet that the client is there now. */
  @Test
  void whoEnteredElsewhereMeanwhileIsNotTakenBack() {
    await().atMost(PATIENCE).until(() -> !here.leaseName().endsWith("-0"));
    Live broken = new Live("\"older\"", SessionNumber.of(0, 1));
    long later = SessionNumber.of(1, 1);
    there().enter(channel, member("ada"), later, 10, false);
    for (boolean others : List.of(true, false)) {
      putInAgain(broken, others);
      assertThat(there().read(channel).members().values()).containsExactly(member("ada"));
      here().leave(channel, member("ada").key(), broken.session());
      assertThat(clients(there())).containsExactly("ada");
    }
    there().leave(channel, member("ada").key(), later);
    assertThat(clients(there())).isEmpty();
  }

  /** Of two nodes that put it in, or of a copy from before and a node, that with the later line. */
  @Test
  void whoWentOnHereIsPutInOverItsOlderLine() {
    await().atMost(PATIENCE).until(() -> !here.leaseName().endsWith("-0"));
    for (boolean others : List.of(true, false)) {
      long older = SessionNumber.of(others ? 0 : 2, 1);
      Live later = new Live("\"later\"", SessionNumber.of(others ? 1 : 3, 1));
      there().enter(channel, member("ada"), older, 10, false);
      putInAgain(later, others);
      there().leave(channel, member("ada").key(), older);
      assertThat(there().read(channel).members().values())
          .extracting(Member::data)
          .containsExactly(later.data());
    }
  }

  @Test
  void whoEntersElsewhereWhileRedisComesBackEmptyStaysThere() {
    long older = SessionNumber.of(0, 1);
    long later = SessionNumber.of(1, 1);
    enter("ada", older);
    enter("zoe", SessionNumber.of(0, 2));
    redis.kill();
    redis.restart();
    there().enter(channel, member("ada"), later, 10, false);
    // Its node has put in again what it has.
    awaitClients("ada", "zoe");
    here().leave(channel, member("ada").key(), older);
    here().leave(channel, member("zoe").key(), SessionNumber.of(0, 2));
    awaitClients("ada");
    there().leave(channel, member("ada").key(), later);
    awaitClients();
  }
}

package io.tidegate.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.presence.PresenceStore.Entered;
import io.tidegate.presence.PresenceStore.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every store of presence promises, seen from two nodes where there are two. */
abstract class PresenceContract {
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  static final Duration PATIENCE = Duration.ofMinutes(2);

  final ChannelId channel = channel("room");

  /** The node whose clients enter. */
  abstract PresenceStore here();

  /** Another one, or the same. */
  abstract PresenceStore there();

  /** Lets so much time pass, and what is due happen soon. */
  abstract void pass(Duration time);

  /** Of an app of its own, so that tests do not meet. */
  static ChannelId channel(String name) {
    int app = 100_000 + NUMBERS.incrementAndGet();
    return new ChannelId(new AppId(Integer.toString(app)), new ChannelName(name));
  }

  /** Connections are of this test alone, too. */
  String connection(String clientId) {
    return channel.app() + "-" + clientId;
  }

  Member member(String clientId) {
    return new Member(clientId, connection(clientId), "{\"of\":\"" + clientId + "\"}");
  }

  Entered enter(String clientId, long session) {
    return here().enter(channel, member(clientId), session, 1_000, false);
  }

  Set<String> clients(PresenceStore store) {
    Set<String> found = ConcurrentHashMap.newKeySet();
    store.read(channel).members().values().forEach(one -> found.add(one.clientId()));
    return found;
  }

  void awaitClients(String... clientIds) {
    await().atMost(PATIENCE).until(() -> clients(there()).equals(Set.of(clientIds)));
  }

  @Test
  void whoEntersIsSeenOnEveryNode() {
    assertThat(enter("ada", 1)).isEqualTo(new Entered(Outcome.IN, 1));
    assertThat(enter("bob", 2)).isEqualTo(new Entered(Outcome.IN, 2));
    assertThat(there().read(channel).members().values())
        .containsExactly(member("ada"), member("bob"));
  }

  @Test
  void everyChangeRaisesTheVersionAndNothingElseDoes() {
    long empty = there().read(channel).version();
    enter("ada", 1);
    Snapshot entered = there().read(channel);
    assertThat(entered.version()).isGreaterThan(empty);
    enter("ada", 1);
    assertThat(there().hasChanged(channel, entered.epoch(), entered.version())).isFalse();
    here().enter(channel, new Member("ada", connection("ada"), "1"), 1, 1_000, true);
    assertThat(there().hasChanged(channel, entered.epoch(), entered.version())).isTrue();
    Snapshot updated = there().read(channel);
    assertThat(updated.version()).isGreaterThan(entered.version());
    here().leave(channel, member("ada").key(), 1);
    Snapshot left = there().read(channel);
    assertThat(left.version()).isGreaterThan(updated.version());
    assertThat(left.members()).isEmpty();
    enter("ada", 1);
    assertThat(there().read(channel).version()).isGreaterThan(left.version());
  }

  @Test
  void noMoreEnterThanMay() {
    assertThat(here().enter(channel, member("a"), 1, 2, false).outcome()).isEqualTo(Outcome.IN);
    assertThat(here().enter(channel, member("b"), 2, 2, false).outcome()).isEqualTo(Outcome.IN);
    assertThat(here().enter(channel, member("c"), 3, 2, false).outcome()).isEqualTo(Outcome.FULL);
    assertThat(here().enter(channel, member("a"), 1, 2, false).outcome()).isEqualTo(Outcome.IN);
    assertThat(clients(there())).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void onlyWhoIsThereIsUpdated() {
    assertThat(here().enter(channel, member("a"), 1, 2, true).outcome()).isEqualTo(Outcome.ABSENT);
    assertThat(clients(there())).isEmpty();
  }

  @Test
  void dataIsKeptAsItIs() {
    Member odd = new Member("\u00e4\ud83d\ude00:/ %", "n-1", "{\"\u00e4\": [1, null]}");
    Member bare = new Member("bare", "n-2", null);
    here().enter(channel, odd, 1, 10, false);
    here().enter(channel, bare, 2, 10, false);
    assertThat(there().read(channel).members().values()).contains(odd, bare);
  }

  @Test
  void whoIsHeldStaysUntilTheGraceIsOver() {
    enter("ada", 1);
    enter("bob", 2);
    here().hold(channel, member("ada").key(), 1, Duration.ofSeconds(60));
    assertThat(clients(there())).containsExactlyInAnyOrder("ada", "bob");
    pass(Duration.ofSeconds(61));
    awaitClients("bob");
  }

  @Test
  void aNodeKnowsItsOwnMembersUntilTheyAreHeldOrLeave() {
    here().enter(channel, member("ada"), SessionNumber.of(3, 1), 10, false);
    PresenceStore.Own ada = new PresenceStore.Own(channel, member("ada"), 3);
    assertThat(here().own(channel, "ada", connection("ada"))).isEqualTo(ada);
    List<PresenceStore.Own> all = new ArrayList<>();
    here().own(all::add);
    assertThat(all).contains(ada);
    assertThat(here().own(channel, "bob", connection("bob"))).isNull();

    here().hold(channel, member("ada").key(), SessionNumber.of(3, 1), PATIENCE);
    assertThat(here().own(channel, "ada", connection("ada"))).isNull();
    there().resume("ada", connection("ada"), SessionNumber.of(4, 1));
    assertThat(there().own(channel, "ada", connection("ada")))
        .isEqualTo(new PresenceStore.Own(channel, member("ada"), 4));
    there().leave(channel, member("ada").key(), SessionNumber.of(4, 1));
    assertThat(there().own(channel, "ada", connection("ada"))).isNull();
  }

  @Test
  void whoComesBackInTimeStays() {
    enter("ada", 1);
    long version = there().read(channel).version();
    here().hold(channel, member("ada").key(), 1, Duration.ofSeconds(60));
    assertThat(there().resume("ada", connection("ada"), 7)).containsExactly(channel);
    // An end that is noticed late is the older session's.
    here().hold(channel, member("ada").key(), 1, Duration.ofSeconds(60));
    here().leave(channel, member("ada").key(), 1);
    enter("witness", 3);
    here().hold(channel, member("witness").key(), 3, Duration.ofSeconds(60));
    pass(Duration.ofSeconds(61));
    awaitClients("ada");
    assertThat(there().read(channel).version()).isGreaterThan(version);
    there().leave(channel, member("ada").key(), 7);
    assertThat(clients(here())).isEmpty();
  }

  /** Its line broke and its node has not noticed: what it still does comes after the later one. */
  @Test
  void anOlderLineOfTheConnectionTakesNothingFromALaterOne() {
    long older = SessionNumber.of(0, 9);
    long later = SessionNumber.of(1, 3);
    Member changed = new Member("ada", connection("ada"), "\"later\"");
    enter("ada", older);
    assertThat(there().resume("ada", connection("ada"), later)).containsExactly(channel);
    there().enter(channel, changed, later, 10, true);
    assertThat(enter("ada", older)).isEqualTo(new Entered(Outcome.IN, 1));
    assertThat(here().resume("ada", connection("ada"), older)).isEmpty();
    here().leave(channel, member("ada").key(), older);
    assertThat(there().read(channel).members().values()).containsExactly(changed);
    there().leave(channel, member("ada").key(), later);
    assertThat(clients(there())).isEmpty();
  }

  @Test
  void onlyTheConnectionsOwnMembersAreResumed() {
    enter("ada", 1);
    assertThat(there().resume("bob", connection("ada"), 7)).isEmpty();
    assertThat(there().resume("ada", connection("other"), 7)).isEmpty();
    here().leave(channel, member("ada").key(), 1);
    assertThat(there().resume("ada", connection("ada"), 7)).isEmpty();
  }

  @Test
  void changesAreToldToEveryNode() {
    Set<ChannelId> told = ConcurrentHashMap.newKeySet();
    there()
        .listen(
            new PresenceListener() {
              @Override
              public void onChange(ChannelId changed) {
                told.add(changed);
              }

              @Override
              public void onGap() {}
            });
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              here()
                  .enter(
                      channel,
                      new Member("ada", connection("ada"), "" + System.nanoTime()),
                      1,
                      9,
                      false);
              return told.contains(channel);
            });
  }
}

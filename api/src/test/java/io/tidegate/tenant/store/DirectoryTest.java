package io.tidegate.tenant.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.breaker.Contact;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Durability;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Operation;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.AppRules;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Key;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryTest {
  private static final ChannelName ROOM = new ChannelName("chat:room-7");

  private final StoreFixture store = new StoreFixture("directory_test");
  private final List<AppId> heard = new CopyOnWriteArrayList<>();

  @BeforeAll
  void listen() {
    store.directory.listen(heard::add);
  }

  @AfterAll
  void stop() {
    store.close();
  }

  @Test
  void aKeyIsKnownWithItsSecretOpened() {
    AppId app = store.app().appId();
    JdbcKeys.Created created = store.key(app);

    Key key = store.directory.key(created.key().keyName()).orElseThrow();

    assertThat(new String(key.secret(), US_ASCII)).isEqualTo(created.secret());
    assertThat(key.capabilities().allow(Operation.PUBLISH, ROOM)).isTrue();
    assertThat(key.capabilities().allow(Operation.SUBSCRIBE, ROOM)).isFalse();
    assertThat(key.revokedAt()).isNull();
    assertThat(store.directory.app(app).orElseThrow().allowsOrigin("https://any")).isTrue();
  }

  @Test
  void whatIsNotThereIsEmpty() {
    assertThat(store.directory.app(new AppId("1"))).isEmpty();
    assertThat(store.directory.key(new KeyName(new AppId("1"), "k1"))).isEmpty();
    assertThat(store.directory.rules(new AppId("1")).of(ROOM)).isEqualTo(Namespace.DEFAULT);
  }

  @Test
  void aNewKeyIsKnownAtOnceThoughItWasAskedForBefore() {
    AppId app = store.app().appId();
    KeyName name = new KeyName(app, "k1");
    assertThat(store.directory.key(name)).isEmpty();

    store.key(app);

    assertThat(store.directory.key(name)).isPresent();
  }

  @Test
  void aChangeIsHeardAndSeenRightAfterItsCommit() {
    AppId app = store.app().appId();
    KeyName key = store.key(app).key().keyName();
    assertThat(store.directory.key(key)).isPresent();
    heard.clear();

    Capabilities less = StoreFixture.can("news:*", Operation.PUBLISH);
    store.keys.update(Caller.SYSTEM, app, key.keyId(), IfMatch.ANY, null, less, null);

    assertThat(heard).containsExactly(app);
    assertThat(store.directory.key(key).orElseThrow().capabilities()).isEqualTo(less);

    store.keys.revoke(Caller.SYSTEM, app, key.keyId(), IfMatch.ANY);
    assertThat(store.directory.key(key).orElseThrow().revokedAt()).isNotNull();
  }

  @Test
  void aChangeThatIsRolledBackIsNotHeard() {
    AppId app = store.app().appId();
    heard.clear();

    assertThatThrownBy(
            () ->
                store
                    .bean(JdbcWork.class)
                    .write(
                        Reach.EVERYTHING,
                        () -> {
                          store.key(app);
                          throw new IllegalStateException("after the change");
                        }))
        .hasMessage("after the change");

    assertThat(heard).isEmpty();
    assertThat(store.directory.key(new KeyName(app, "k1"))).isEmpty();
  }

  @Test
  void aDeletedTenantsAppsAndKeysAreGoneAtOnce() {
    AppEntry app = store.app();
    KeyName key = store.key(app.appId()).key().keyName();
    assertThat(store.directory.key(key)).isPresent();
    heard.clear();

    store.tenants.delete(Caller.SYSTEM, app.tenant(), IfMatch.ANY, true);

    assertThat(heard).containsExactly(app.appId());
    assertThat(store.directory.app(app.appId())).isEmpty();
    assertThat(store.directory.key(key)).isEmpty();
  }

  @Test
  void theMostSpecificNamespaceApplies() {
    AppId app = store.app().appId();
    store.put(app, "all", "*", Durability.NONE);
    store.put(app, "chat", "chat:*", Durability.WINDOW);
    store.put(app, "rooms", "chat:room-*", Durability.DURABLE);

    AppRules rules = store.directory.rules(app);

    assertThat(rules.of(ROOM).name()).isEqualTo("rooms");
    assertThat(rules.of(new ChannelName("chat:lobby")).name()).isEqualTo("chat");
    assertThat(rules.of(new ChannelName("news")).name()).isEqualTo("all");
  }

  @Test
  void liveChannelsFollowTheRulesBeforeAChangeOfDurabilityForTenSeconds() {
    AppId app = store.app().appId();
    long begun = System.nanoTime();
    store.put(app, "chat", "chat:*", Durability.DURABLE);

    AppRules rules = store.directory.rules(app);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    long until = rules.superseded().getLast().untilNanos();

    assertThat(rules.of(ROOM).durability()).isEqualTo(Durability.DURABLE);
    assertThat(rules.ofLive(ROOM, until - 1).durability()).isEqualTo(Durability.WINDOW);
    assertThat(rules.ofLive(ROOM, until).durability()).isEqualTo(Durability.DURABLE);
    // To a ms: the database counts in us, by a clock of its own.
    assertThat(Duration.ofNanos(until - begun))
        .isBetween(Duration.ofMillis(9_999).minus(took), Duration.ofMillis(10_001).plus(took));
  }

  @Test
  void changesInQuickSuccessionTakeEffectOneAfterTheOther() {
    AppId app = store.app().appId();
    store.put(app, "chat", "chat:*", Durability.DURABLE);
    store.put(app, "chat", "chat:*", Durability.NONE);

    AppRules rules = store.directory.rules(app);

    assertThat(rules.superseded()).hasSize(2);
    long first = rules.superseded().getFirst().untilNanos();
    long second = rules.superseded().getLast().untilNanos();
    assertThat(rules.ofLive(ROOM, first - 1).durability()).isEqualTo(Durability.WINDOW);
    assertThat(rules.ofLive(ROOM, first).durability()).isEqualTo(Durability.DURABLE);
    assertThat(rules.ofLive(ROOM, second).durability()).isEqualTo(Durability.NONE);
  }

  @Test
  void aChangeOfOtherRulesIsInForceAtOnce() {
    AppId app = store.app().appId();
    Namespace rules = StoreFixture.namespace("chat", "chat:*", Durability.WINDOW);
    store.put(app, "chat", "chat:*", Durability.WINDOW);
    int pending = store.directory.rules(app).superseded().size();

    store.namespaces.put(
        Caller.SYSTEM,
        app,
        IfMatch.ANY,
        new Namespace(
            "chat",
            rules.pattern(),
            rules.durability(),
            new Namespace.Span(5, 60),
            rules.retentionDays(),
            rules.rewind(),
            rules.maxMessageBytes(),
            true,
            false,
            rules.presence(),
            Namespace.Conflate.LATEST,
            true));

    AppRules changed = store.directory.rules(app);
    assertThat(changed.superseded()).hasSize(pending);
    assertThat(changed.of(ROOM).window()).isEqualTo(new Namespace.Span(5, 60));
    assertThat(changed.of(ROOM).open()).isTrue();
    assertThat(changed.of(ROOM).conflate()).isEqualTo(Namespace.Conflate.LATEST);
  }

  @Test
  void knownEntriesServeOnWhilePostgresIsAwayAndUnknownOnesAreNotDenied() throws SQLException {
    try (StoreFixture away = new StoreFixture("directory_away_test")) {
      AppId app = away.app().appId();
      KeyName known = away.key(app).key().keyName();
      KeyName unknown = away.key(app).key().keyName();
      assertThat(away.directory.key(known)).isPresent();
      assertThat(away.directory.app(app)).isPresent();
      assertThat(away.directory.rules(app)).isNotNull();

      away.databaseAway(true);

      assertThat(away.directory.key(known)).isPresent();
      assertThat(away.directory.app(app)).isPresent();
      assertThat(away.directory.rules(app)).isNotNull();
      assertThatThrownBy(() -> away.directory.key(unknown))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE));

      away.databaseAway(false);

      assertThat(away.directory.key(unknown)).isPresent();
    }
  }

  @Test
  void afterAMinuteWithoutAStoreNothingKnownCountsAnyMore() throws SQLException {
    try (StoreFixture away = new StoreFixture("directory_lost_test")) {
      AppId app = away.app().appId();
      KeyName known = away.key(app).key().keyName();
      AtomicLong nanos = new AtomicLong();
      Contact contact = new Contact(nanos::get);
      JdbcDirectory directory = new JdbcDirectory(away.bean(JdbcDirectoryReads.class), contact);
      assertThat(directory.key(known)).isPresent();
      assertThat(directory.app(app)).isPresent();

      away.databaseAway(true);
      nanos.addAndGet(Contact.LONGEST_WITHOUT.toNanos());
      assertThat(directory.key(known)).isPresent();
      assertThat(directory.app(app)).isPresent();
      nanos.addAndGet(1);

      assertUnavailable(() -> directory.key(known));
      assertUnavailable(() -> directory.app(app));

      away.databaseAway(false);
      Awaitility.await("it is asked again")
          .atMost(Duration.ofSeconds(60))
          .ignoreException(RefusedException.class)
          .until(() -> directory.key(known).isPresent());
      contact.reached();
      assertThat(directory.app(app)).isPresent();
    }
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.refusal()).isEqualTo(Refusal.STORE_UNAVAILABLE));
  }
}

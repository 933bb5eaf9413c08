package io.tidegate.webhook.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.standing.Fact;
import io.tidegate.webhook.standing.Holding;
import io.tidegate.webhook.standing.StandingFixture;
import io.tidegate.webhook.standing.StandingStore;
import io.tidegate.webhook.standing.StandingStore.Held;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcStandingsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final ChannelName ROOM = new ChannelName("room");
  private static final String CHANNEL = "channel room ";
  private static final String MEMBER = "member room c1";

  @SuppressWarnings("NullAway.Init")
  private StandingFixture fixture;

  @SuppressWarnings("NullAway.Init")
  private StandingStore store;

  @SuppressWarnings("NullAway.Init")
  private AppId app;

  @SuppressWarnings("NullAway.Init")
  private UUID webhook;

  @BeforeAll
  void start() {
    fixture = new StandingFixture("standings_store");
    store = fixture.store();
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @BeforeEach
  void another() {
    app = fixture.app();
    webhook = fixture.webhook(app, null);
  }

  private String holder() {
    String holder = "n" + NAMES.incrementAndGet() + ".1";
    store.begin(holder, HOUR);
    return holder;
  }

  private Fact room() {
    return Fact.of(new ChannelId(app, ROOM));
  }

  private Held occupied() {
    return new Held(room(), Holding.ofChannel(ROOM), Duration.ofSeconds(3));
  }

  private Fact ada() {
    return Fact.ofMember(new ChannelId(app, ROOM), "ada b", "c1");
  }

  private Held member(String json, int turn) {
    return new Held(
        ada(), Holding.ofMember(ROOM, "ada b", "c1", json, turn), Duration.ofMinutes(10));
  }

  @Test
  void theFirstHolderTellsOfTheBeginningAndTheLastOfTheEnd() {
    String one = holder();
    String other = holder();
    assertThat(store.hold(one, List.of(occupied()))).isTrue();
    assertThat(store.hold(other, List.of(occupied()))).isTrue();
    assertThat(store.hold(one, List.of(occupied()))).isTrue();
    assertThat(store.release(one, List.of(room()))).isTrue();
    assertThat(store.release(one, List.of(room()))).isTrue();
    assertThat(fixture.told(webhook).types(CHANNEL)).containsExactly("channel.occupied");

    store.release(other, List.of(room()));
    assertThat(fixture.told(webhook).types(CHANNEL))
        .containsExactly("channel.occupied", "channel.vacated");
    assertThat(fixture.rows(app)).isEmpty();
  }

  @Test
  void otherDataIsToldUnlessSomebodyKnowsBetter() {
    String one = holder();
    String other = holder();
    store.hold(one, List.of(member("{\"mood\": 1}", 0)));
    store.hold(one, List.of(member("{\"mood\": 1}", 0)));
    store.hold(other, List.of(member("{\"mood\": 2}", 1)));
    store.hold(one, List.of(member("{\"mood\": 1}", 0)));
    store.release(one, List.of(ada()));
    store.release(other, List.of(ada()));

    assertThat(fixture.told(webhook).types(MEMBER))
        .containsExactly("member.added", "member.updated", "member.removed");
    assertThat(
            fixture.texts(
                "SELECT convert_from(data, 'UTF8') FROM webhook_deliveries WHERE webhook_id = '"
                    + webhook
                    + "' ORDER BY position"))
        .containsExactly(data("{\"mood\": 1}"), data("{\"mood\": 2}"), data("{\"mood\": 2}"));
  }

  private static String data(String json) {
    return "{\"channel\":\"room\",\"clientId\":\"ada b\",\"connectionId\":\"c1\",\"data\":"
        + json
        + "}";
  }

  @Test
  void nobodyHoldsUnderALeaseThatHasEnded() {
    String one = holder();
    store.hold(one, List.of(occupied()));
    fixture.expire(one, 0);

    assertThat(store.renew(one, HOUR)).isFalse();
    assertThat(store.hold(one, List.of(member("1", 0)))).isFalse();
    assertThat(store.release(one, List.of(room()))).isFalse();
    assertThat(fixture.told(webhook).types(CHANNEL)).containsExactly("channel.occupied");
  }

  @Test
  void whatADeadHolderLeavesIsTakenOutWhenItsTimeIsOver() {
    String dead = holder();
    store.hold(dead, List.of(occupied(), member("1", 0)));
    fixture.expire(dead, 4);

    // Those of other tests may go with it.
    assertThat(store.sweep()).isPositive();
    assertThat(fixture.told(webhook).types(CHANNEL))
        .containsExactly("channel.occupied", "channel.vacated");
    assertThat(fixture.told(webhook).types(MEMBER)).containsExactly("member.added");

    store.sweep();
    fixture.told(webhook).assertAlternate();
    assertThat(fixture.told(webhook).types(CHANNEL)).hasSize(2);
  }

  @Test
  void aLateSweepTakesNothingOutThatWasWrittenAnew() {
    String before = holder();
    store.hold(before, List.of(occupied()));
    fixture.expire(before, 60);
    String after = holder();
    store.hold(after, List.of(occupied()));

    store.sweep();
    store.sweep();

    assertThat(fixture.rows(app)).containsExactly("channel room " + after);
    assertThat(fixture.told(webhook).types(CHANNEL)).containsExactly("channel.occupied");
    assertThat(fixture.texts("SELECT holder FROM standing_leases WHERE holder = '" + before + "'"))
        .isEmpty();
  }

  @Test
  void moreThanOneRoundIsSwept() {
    String dead = holder();
    List<Held> many = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      many.add(
          new Held(
              Fact.ofConnection(app, "c" + i),
              Holding.ofConnection("c" + i, null, "1.k"),
              Duration.ZERO));
    }
    store.hold(dead, many);
    fixture.expire(dead, 1);

    assertThat(store.sweep()).isGreaterThanOrEqualTo(450);
    assertThat(fixture.rows(app)).isEmpty();
    fixture.told(webhook).assertAlternate();
    assertThat(fixture.told(webhook).count()).isEqualTo(900);
  }

  @Test
  void whatNobodyWantsToKnowGoesWithoutAWord() {
    AppId other = fixture.app();
    UUID rooms = fixture.webhook(other, "hall", EventType.CHANNEL_VACATED);
    String one = holder();
    Held held =
        new Held(
            Fact.of(new ChannelId(other, ROOM)), Holding.ofChannel(ROOM), Duration.ofSeconds(3));
    store.hold(one, List.of(held));
    store.release(one, List.of(held.fact()));

    assertThat(fixture.told(rooms).count()).isZero();
    assertThat(fixture.rows(other)).isEmpty();
  }

  @Test
  void whatCannotBeWrittenIsSaidAndNothingIsWrittenWithIt() {
    String one = holder();
    Held odd = new Held(Fact.ofConnection(app, "c"), new Holding("\0", 0), Duration.ZERO);

    assertThatThrownBy(() -> store.hold(one, List.of(odd, occupied())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(fixture.rows(app)).isEmpty();
    assertThat(fixture.told(webhook).count()).isZero();
  }

  @Test
  void manyWhoHoldAndReleaseAtOnceAgreeOnTheOrder() {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      String holder = holder();
      List<Held> facts = List.of(member("1", 0), occupied());
      List<Fact> names = facts.stream().map(Held::fact).toList();
      all.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 25; i++) {
                  store.hold(holder, facts);
                  store.release(holder, names);
                }
              },
              task -> Thread.ofVirtual().start(task)));
    }
    all.forEach(CompletableFuture::join);

    fixture.told(webhook).assertAlternate();
    assertThat(fixture.told(webhook).types(CHANNEL)).endsWith("channel.vacated");
    assertThat(fixture.told(webhook).types(MEMBER)).endsWith("member.removed");
    assertThat(fixture.rows(app)).isEmpty();
  }
}

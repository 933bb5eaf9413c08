package io.tidegate.webhook.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.webhook.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Several nodes in one process, over PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandingsTest {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** Events of which some will have crossed each other. */
  private static final int ENOUGH = 300;

  /** Everything soon, but for what would make a node of a busy machine a dead one. */
  private static final Pace QUICK =
      new Pace(
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofMillis(20),
          Duration.ofMinutes(10),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ZERO);

  /** What comes back within the test was never away. */
  private static final Pace PATIENT =
      new Pace(
          Duration.ofMillis(20),
          Duration.ofMinutes(10),
          Duration.ofMillis(20),
          Duration.ofMinutes(10),
          Duration.ofMillis(200),
          Duration.ofMinutes(10),
          Duration.ofMillis(100),
          Duration.ZERO);

  private static final ChannelName ROOM = new ChannelName("room");
  private static final String CHANNEL = "channel room ";

  @SuppressWarnings("NullAway.Init")
  private StandingFixture fixture;

  private final List<ToyNode> nodes = new ArrayList<>();

  @BeforeAll
  void start() {
    fixture = new StandingFixture("standings");
  }

  @AfterEach
  void stopNodes() {
    nodes.forEach(node -> node.cutOff(false));
    nodes.forEach(ToyNode::close);
    nodes.clear();
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  private ToyNode node(Pace pace) {
    ToyNode node = new ToyNode(fixture, "n" + NAMES.incrementAndGet(), pace);
    nodes.add(node);
    return node;
  }

  private static Fact room(AppId app) {
    return Fact.of(new ChannelId(app, ROOM));
  }

  private static void occupy(ToyNode node, AppId app) {
    node.come(room(app), Holding.ofChannel(ROOM));
  }

  private void awaitTypes(UUID webhook, String fact, String... types) {
    await()
        .atMost(LONGEST)
        .untilAsserted(() -> assertThat(fixture.told(webhook).types(fact)).containsExactly(types));
  }

  @Test
  void whatCameAndWentAtOnceIsTold() {
    AppId app = fixture.app();
    UUID webhook = fixture.webhook(app, null);
    ToyNode node = node(QUICK);
    occupy(node, app);
    node.go(room(app));

    awaitTypes(webhook, CHANNEL, "channel.occupied", "channel.vacated");
    await().atMost(LONGEST).until(() -> fixture.rows(app).isEmpty());
  }

  @Test
  void whoComesBackWithinTheDebounceOnAnyNodeWasNeverAway() {
    AppId app = fixture.app();
    UUID webhook = fixture.webhook(app, null);
    ToyNode one = node(PATIENT);
    ToyNode other = node(QUICK);
    occupy(one, app);
    awaitTypes(webhook, CHANNEL, "channel.occupied");
    one.go(room(app));
    occupy(one, app);
    one.go(room(app));
    occupy(other, app);
    await().atMost(LONGEST).until(() -> fixture.rows(app).toString().contains(","));
    other.go(room(app));

    await().atMost(LONGEST).until(() -> !fixture.rows(app).toString().contains(","));
    assertThat(fixture.told(webhook).types(CHANNEL)).containsExactly("channel.occupied");
    assertThat(fixture.rows(app)).hasSize(1);
  }

  @Test
  void aNodeThatGoesLeavesWhatIsLeavingItsTime() {
    AppId app = fixture.app();
    UUID webhook = fixture.webhook(app, null);
    ToyNode goes = node(QUICK);
    ToyNode stays = node(QUICK);
    Fact ada = Fact.ofMember(new ChannelId(app, ROOM), "ada", "c1");
    Holding mood = Holding.ofMember(ROOM, "ada", "c1", "1", 0);
    goes.come(ada, mood);
    occupy(goes, app);
    awaitTypes(webhook, "member room c1", "member.added");
    goes.go(ada, Duration.ofMinutes(10));
    goes.go(room(app), Duration.ofMinutes(10));
    goes.close();

    stays.come(ada, mood);
    await().atMost(LONGEST).until(() -> fixture.rows(app).toString().contains(","));
    assertThat(fixture.told(webhook).types("member room c1")).containsExactly("member.added");
    assertThat(fixture.told(webhook).types(CHANNEL)).containsExactly("channel.occupied");
  }

  @Test
  void aNodeThatDiesWithoutAWordIsToldOfByOthers() {
    AppId app = fixture.app();
    UUID webhook = fixture.webhook(app, null);
    ToyNode dies = node(QUICK);
    node(QUICK);
    occupy(dies, app);
    awaitTypes(webhook, CHANNEL, "channel.occupied");
    dies.cutOff(true);
    fixture.expire(dies.name(), 0);

    awaitTypes(webhook, CHANNEL, "channel.occupied", "channel.vacated");
    await().atMost(LONGEST).until(() -> fixture.rows(app).isEmpty());

    // It was only taken for dead.
    dies.cutOff(false);
    awaitTypes(webhook, CHANNEL, "channel.occupied", "channel.vacated", "channel.occupied");
  }

  @Test
  void whatHappensWhileTheStoreIsAwayIsToldBehindIt() {
    AppId app = fixture.app();
    UUID webhook = fixture.webhook(app, null);
    ToyNode node = node(QUICK);
    node.cutOff(true);
    occupy(node, app);
    await().atMost(LONGEST).until(() -> node.standings().waiting() == 1);
    node.go(room(app));
    Fact ada = Fact.ofConnection(app, "c1");
    node.come(ada, Holding.ofConnection("c1", "ada", "1.k"));
    await().atMost(LONGEST).until(() -> node.standings().waiting() == 2);
    assertThat(fixture.told(webhook).count()).isZero();

    node.cutOff(false);
    awaitTypes(webhook, CHANNEL, "channel.occupied", "channel.vacated");
    awaitTypes(webhook, "connection  c1", "connection.opened");
  }

  @Test
  void aWebhookIsToldOfWhatIsThereAndOneThatIsSwitchedOffOfNothing() {
    AppId app = fixture.app();
    ToyNode node = node(QUICK);
    UUID other = fixture.webhook(app, null, EventType.MESSAGE_PUBLISHED);
    occupy(node, app);
    await().atMost(LONGEST).until(() -> !node.standings().follows(app, Kind.CHANNEL));
    assertThat(fixture.rows(app)).isEmpty();

    UUID webhook = fixture.webhook(app, "r*", EventType.CHANNEL_VACATED);
    await().atMost(LONGEST).until(() -> fixture.rows(app).size() == 1);
    assertThat(node.standings().follows(app, Kind.MEMBER)).isFalse();
    fixture.enable(app, webhook, false);
    await().atMost(LONGEST).until(() -> fixture.rows(app).isEmpty());
    assertThat(fixture.told(webhook).count()).isZero();

    fixture.enable(app, webhook, true);
    await().atMost(LONGEST).until(() -> fixture.rows(app).size() == 1);
    node.go(room(app));
    awaitTypes(webhook, CHANNEL, "channel.vacated");
    assertThat(fixture.told(other).count()).isZero();
  }

  @Test
  void whatCannotBeWrittenKeepsNobodyWaiting() {
    AppId app = fixture.app();
    UUID webhook = fixture.webhook(app, null);
    ToyNode node = node(QUICK);
    node.come(Fact.ofConnection(app, "c1"), new Holding("\0", 0));
    occupy(node, app);

    awaitTypes(webhook, CHANNEL, "channel.occupied");
    await().atMost(LONGEST).until(() -> node.standings().skipped() == 1);
    await().atMost(LONGEST).until(() -> node.standings().waiting() == 0);
  }

  @Test
  void channelsThatNoPatternCoversAreNotWritten() {
    AppId app = fixture.app();
    UUID webhook = fixture.webhook(app, "hall:*");
    ToyNode node = node(QUICK);
    occupy(node, app);
    ChannelName hall = new ChannelName("hall:1");
    node.come(Fact.of(new ChannelId(app, hall)), Holding.ofChannel(hall));

    awaitTypes(webhook, "channel hall:1 ", "channel.occupied");
    assertThat(fixture.rows(app)).hasSize(1);
    assertThat(fixture.told(webhook).facts()).hasSize(1);
  }

  /** Clients of several nodes, of which one dies, some are taken for dead, and a new one comes. */
  @Test
  void beginningsAndEndsTakeTurnsWhateverHappensToNodes() throws InterruptedException {
    AppId app = fixture.app();
    UUID webhook = fixture.webhook(app, null);
    Random random = new Random(5);
    List<ToyNode> living = new ArrayList<>(List.of(node(QUICK), node(QUICK), node(QUICK)));
    Set<Fact> ever = new HashSet<>();
    // On a busy machine more of what comes and goes is told together: then it takes more steps.
    for (int step = 0; step < 1_000 || hasToldTooLittle(step, webhook); step++) {
      ToyNode node = living.get(random.nextInt(living.size()));
      Fact fact = fact(app, random);
      Holding holding = holding(fact, step);
      if (node.here().containsKey(fact) && random.nextInt(3) > 0) {
        node.go(fact, Duration.ofMillis(random.nextInt(2) * 150L));
      } else {
        boolean moves = fact.kind() != Kind.CHANNEL;
        node.come(fact, holding);
        ever.add(fact);
        if (moves) {
          living.stream()
              .filter(other -> other != node && other.here().containsKey(fact))
              .forEach(other -> other.go(fact, Duration.ofMillis(150)));
        }
      }
      if (step % 150 == 75) {
        fixture.expire("n", 0);
      }
      if (step == 500) {
        ToyNode dies = living.removeFirst();
        dies.cutOff(true);
        dies.here().clear();
        fixture.expire(dies.name(), 0);
        living.add(node(QUICK));
      }
      Thread.sleep(random.nextInt(8));
    }
    Map<String, String> truth = new TreeMap<>();
    Map<Fact, Holding> all = new HashMap<>();
    living.forEach(
        node ->
            node.here()
                .forEach(
                    (fact, holding) ->
                        all.merge(
                            fact,
                            holding,
                            (one, other) -> one.rank() < other.rank() ? other : one)));
    all.forEach((fact, holding) -> truth.put(key(fact), holding.data()));

    await()
        .atMost(LONGEST)
        .untilAsserted(
            () -> {
              ToldEvents told = fixture.told(webhook);
              Map<String, String> standing = new TreeMap<>();
              for (String fact : told.facts()) {
                String data = told.standing(fact);
                if (data != null) {
                  standing.put(fact, data);
                }
              }
              assertThat(standing).isEqualTo(truth);
              assertThat(fixture.rows(app)).hasSize(truth.size());
            });
    ToldEvents told = fixture.told(webhook);
    told.assertAlternate();
    assertThat(told.count()).isGreaterThan(ENOUGH);
    assertThat(told.facts())
        .containsExactlyInAnyOrderElementsOf(ever.stream().map(StandingsTest::key).toList());
  }

  /** Whether too little has been told by then; asked now and then, and not for ever. */
  private boolean hasToldTooLittle(int step, UUID webhook) {
    return step < 20_000 && (step % 100 != 0 || fixture.told(webhook).count() <= ENOUGH);
  }

  private static Fact fact(AppId app, Random random) {
    ChannelId channel = new ChannelId(app, new ChannelName("room:" + random.nextInt(4)));
    String connection = "c" + random.nextInt(5);
    return switch (random.nextInt(4)) {
      case 0 -> Fact.ofConnection(app, connection);
      case 1 -> Fact.of(channel);
      default -> Fact.ofMember(channel, "ada", connection);
    };
  }

  /** The later a session of a connection is, the more it knows. */
  private static Holding holding(Fact fact, int step) {
    return switch (fact.kind()) {
      case CHANNEL -> Holding.ofChannel(fact.channelId().name());
      case MEMBER ->
          Holding.ofMember(
              fact.channelId().name(),
              fact.clientId(),
              fact.connectionId(),
              Integer.toString(step),
              step);
      case CONNECTION -> Holding.ofConnection(fact.connectionId(), "ada", "1.k");
    };
  }

  private static String key(Fact fact) {
    String connection = fact.kind() == Kind.CHANNEL ? "" : fact.connectionId();
    return fact.kind().code() + " " + fact.channel() + " " + connection;
  }
}

package io.tidegate.simulation;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.EpochEnd;
import io.tidegate.channel.EpochStart;
import io.tidegate.channel.Message;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Position;
import io.tidegate.channel.Published;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.hub.Start;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.MemoryDirectory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Nodes that publish, deliver and repair one channel while the bus between them and their store
 * fail; then everything heals, and everybody has to arrive. The seed decides all of it.
 */
final class Simulation {
  static final ChannelId CHANNEL = new ChannelId(new AppId("482913"), new ChannelName("c"));
  private static final TenantId TENANT = new TenantId(new UUID(0x0190_0000_0000_7000L, 7));
  private static final int STEPS = 70;
  private static final int MAX_CLIENTS = 4;
  private static final int SMALL_WINDOW = 3;
  private static final int HEALED_MILLIS = 250;

  /** 10 s: longer than two tail repairs and a retry of the store between them. */
  private static final int HEALED_ROUNDS = 40;

  /** So many at least: whoever has arrived must stay there. */
  private static final int QUIET_ROUNDS = 2;

  private final SplittableRandom random;
  private final Bug bug;
  private final Durability durability;
  private final boolean eventful;
  private final SimStore store;
  private final MemoryDirectory directory = new MemoryDirectory();
  private final Facts facts = new Facts();
  private final List<SimNode> nodes = new ArrayList<>();
  private final List<SimClient> clients = new ArrayList<>();
  private final List<Position> positions = new ArrayList<>();
  private long millis = 10_000;
  private int made;

  private Simulation(long seed, Bug bug) {
    this.random = new SplittableRandom(seed);
    this.bug = bug;
    int kind = random.nextInt(8);
    this.durability =
        kind == 0 ? Durability.NONE : kind < 4 ? Durability.WINDOW : Durability.DURABLE;
    this.eventful = random.nextBoolean();
    int window = eventful && random.nextBoolean() ? SMALL_WINDOW : Integer.MAX_VALUE;
    this.store = new SimStore(CHANNEL, window, bug == Bug.REUSES_AN_EPOCH);
    directory.putApp(CHANNEL.app(), TENANT);
    directory.putRules(CHANNEL.app(), rules());
    int count = 2 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      nodes.add(new SimNode(this, random.split()));
    }
  }

  /** The promises that this schedule broke. */
  static List<String> run(long seed, Bug bug) {
    return new Simulation(seed, bug).run();
  }

  private List<String> run() {
    for (int step = 0; step < STEPS && facts.broken().isEmpty(); step++) {
      step();
    }
    if (facts.broken().isEmpty()) {
      heal();
    }
    return facts.broken();
  }

  private Namespace rules() {
    Namespace plain = Namespace.DEFAULT;
    return new Namespace(
        "n",
        new ChannelPattern("*"),
        durability,
        plain.window(),
        plain.retentionDays(),
        plain.rewind(),
        plain.maxMessageBytes(),
        plain.open(),
        plain.clientPublish(),
        plain.presence(),
        plain.conflate(),
        plain.requireClientId());
  }

  SimStore store() {
    return store;
  }

  Directory directory() {
    return directory;
  }

  Durability durability() {
    return durability;
  }

  List<SimNode> nodes() {
    return nodes;
  }

  Bug bug() {
    return bug;
  }

  long millis() {
    return millis;
  }

  private void step() {
    switch (random.nextInt(22)) {
      case 0, 1, 2, 3 -> publish();
      case 4, 5 -> subscribe();
      case 6 -> disturbAClient();
      case 7, 8 -> pass(1 + random.nextInt(400));
      case 9, 10, 11, 12, 13 -> someNode().bus().step();
      case 14 -> happen();
      default -> someNode().runSome();
    }
  }

  private SimNode someNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private void publish() {
    List<Draft> drafts = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    // Now and then somebody did not hear the answer, and asks again.
    int first = made > 0 && random.nextInt(8) == 0 ? random.nextInt(made) : made;
    for (int i = first; i < first + count; i++) {
      byte[] data = ("\"" + i + "\"").getBytes(StandardCharsets.UTF_8);
      drafts.add(new Draft("m" + i, null, data, null, null, null, null, null));
    }
    made = Math.max(made, first + count);
    try {
      if (bug == Bug.ACKNOWLEDGES_BEFORE_COMMIT && random.nextInt(8) == 0) {
        acknowledgeOnly(drafts);
        return;
      }
      Published done = someNode().publish(drafts, random.nextInt(8) > 0);
      facts.acknowledged(done);
      positions.add(new Position(done.epoch(), done.items().getLast().seq()));
    } catch (RefusedException away) {
      // Nothing was promised.
    }
  }

  private void acknowledgeOnly(List<Draft> drafts) {
    Position head = store.open(TENANT, CHANNEL, Retention.NOTHING).position();
    List<Message> fresh = new ArrayList<>();
    for (Draft draft : drafts) {
      fresh.add(draft.numbered(head.seq() + 1 + fresh.size(), 0));
    }
    facts.acknowledged(new Published(head.epoch(), List.of(), fresh));
  }

  /** What the bus makes of a unit. */
  List<Message> carried(List<Message> messages) {
    if (bug != Bug.SWAPS_TWO || messages.size() < 2) {
      return messages;
    }
    List<Message> swapped = new ArrayList<>(messages);
    swapped.set(0, at(messages.get(1), messages.get(0).seq()));
    swapped.set(1, at(messages.get(0), messages.get(1).seq()));
    return swapped;
  }

  private static Message at(Message message, long seq) {
    Draft again = new Draft(message.id(), null, message.data(), null, null, null, null, null);
    return again.numbered(seq, message.timestamp());
  }

  private void subscribe() {
    if (clients.stream().filter(client -> !client.isOver()).count() < MAX_CLIENTS) {
      subscribe(start());
    }
  }

  private void subscribe(Start start) {
    SimNode node = someNode();
    SimClient client =
        new SimClient(node, facts, bug, random.split(), eventful || durability == Durability.NONE);
    clients.add(client);
    client.subscribe(node.hub(), start);
  }

  private Start start() {
    return switch (random.nextInt(4)) {
      case 0 -> new Start.Live();
      case 1 -> new Start.Rewind(random.nextInt(5), 120);
      default ->
          positions.isEmpty()
              ? new Start.Live()
              : new Start.Since(positions.get(random.nextInt(positions.size())));
    };
  }

  private void disturbAClient() {
    if (clients.isEmpty()) {
      return;
    }
    SimClient client = clients.get(random.nextInt(clients.size()));
    if (client.isOver()) {
      return;
    }
    if (random.nextBoolean()) {
      client.writable(!client.isWritable());
      return;
    }
    client.end();
    Position at = client.at();
    if (at != null) {
      subscribe(new Start.Since(at));
    }
  }

  private void pass(long time) {
    millis += time;
    store.pass(time);
    nodes.forEach(node -> node.pass(time));
  }

  /** Faults that lose nothing, and, in eventful schedules, those that do. */
  private void happen() {
    switch (random.nextInt(eventful ? 7 : 3)) {
      case 0 -> store.away(!store.isAway());
      case 1 -> cutOrJoin();
      case 2 -> restartANode();
      case 3, 4 -> renew();
      case 5 -> {
        store.restartEmpty();
        facts.lostBehind(0);
      }
      default -> {
        int lost = random.nextInt(4);
        store.restartFromCopy(lost);
        facts.lostBehind(store.isKnown() ? store.position().seq() : 0);
      }
    }
  }

  private void cutOrJoin() {
    SimNode node = someNode();
    if (node.bus().isCut()) {
      node.join();
    } else {
      node.bus().cut(true);
    }
  }

  private void restartANode() {
    SimNode gone = someNode();
    nodes.set(nodes.indexOf(gone), new SimNode(this, random.split()));
    clients.stream().filter(client -> client.node() == gone).forEach(SimClient::end);
  }

  private void renew() {
    try {
      EpochStart next = store.renew(TENANT, CHANNEL, 0);
      facts.lostBehind(0);
      EpochEnd reason = random.nextBoolean() ? EpochEnd.RULES : EpochEnd.DELETED;
      someNode().announce(next, reason);
    } catch (RefusedException away) {
      // It is as it was.
    }
  }

  private void heal() {
    store.away(false);
    for (SimNode node : nodes) {
      boolean cut = node.bus().isCut();
      node.bus().heal();
      if (cut) {
        node.join();
      }
    }
    clients.stream().filter(client -> !client.isOver()).forEach(client -> client.writable(true));
    int quiet = 0;
    for (int round = 0; round < HEALED_ROUNDS && quiet < QUIET_ROUNDS; round++) {
      runAll();
      pass(HEALED_MILLIS);
      quiet = haveArrived() ? quiet + 1 : 0;
    }
    runAll();
    if (!haveArrived() && facts.broken().isEmpty()) {
      facts.broken("never arrives at " + store.position());
    }
    facts.checkKept(store, rules().retentionAs(durability));
  }

  private boolean haveArrived() {
    return clients.stream()
        .allMatch(
            client -> client.isOver() || (store.isKnown() && store.position().equals(client.at())));
  }

  private void runAll() {
    boolean ran = true;
    while (ran) {
      ran = false;
      for (SimNode node : nodes) {
        ran |= node.runAll();
      }
    }
  }
}

package io.tidegate.faults.load;

import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Journal;
import io.tidegate.faults.world.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** All clients of one run, and what they came to. */
public final class Load implements AutoCloseable {
  private static final int MEMBERS_PER_NODE = 2;
  private static final int BY_REQUEST = 4;
  private static final int BY_SOCKET = 3;

  /** Everybody has been subscribed by then, on a busy machine too. */
  private static final long BEGIN_MILLIS = 60_000;

  private final List<Tenant> tenants;
  private final Journal journal;
  private final Random random;
  private final Rest rest;
  private final Counts counts = new Counts();
  private final List<Publisher> publishers = new ArrayList<>();
  private final List<SocketWay> sockets = new ArrayList<>();
  private final List<Metered> metered = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final List<Thread> publishing = new ArrayList<>();
  private final List<Thread> others = new ArrayList<>();

  /**
   * @param everywhere one of so many units is published through all nodes at once
   */
  public Load(Customers customers, List<Node> nodes, Journal journal, Random random, int everywhere)
      throws IOException, InterruptedException {
    this.tenants = customers.tenants();
    this.journal = journal;
    this.random = random;
    this.rest = new Rest(nodes);
    for (Tenant tenant : tenants) {
      for (int i = 0; i < BY_REQUEST; i++) {
        publishers.add(publisher("p" + i, tenant, rest, everywhere));
      }
      for (int i = 0; i < BY_SOCKET; i++) {
        SocketWay way = new SocketWay(rest, own());
        sockets.add(way);
        publishers.add(publisher("s" + i, tenant, way, everywhere));
      }
      for (int node = 0; node < nodes.size(); node++) {
        follow(tenant, node);
        for (int i = 0; i < MEMBERS_PER_NODE; i++) {
          String clientId = tenant.letter() + "-member-" + node + "-" + i;
          String token = rest.token(tenant, node, clientId);
          members.add(new Member(clientId, tenant, node, token, rest, journal, own()));
        }
      }
    }
    Tenant limited = customers.metered();
    for (int i = 0; i < Metered.PUBLISHERS; i++) {
      metered.add(new Metered("m" + i, limited, rest, nodes.size(), journal, own()));
    }
  }

  private Random own() {
    return new Random(random.nextLong());
  }

  private Publisher publisher(String name, Tenant tenant, PublishWay way, int everywhere) {
    return new Publisher(name, tenant, way, rest.nodes(), journal, own(), counts, everywhere);
  }

  private void follow(Tenant tenant, int node) {
    String socket = tenant.letter() + "-ws-" + node;
    String stream = tenant.letter() + "-sse-" + node;
    List<String> all = Tenant.channels();
    followers.add(new SocketFollower(socket, tenant, node, all, true, rest, journal, own()));
    followers.add(new StreamFollower(stream, tenant, node, all, rest, journal, own()));
  }

  /** Subscribers first; when all are subscribed, the publishers. */
  public void start() throws InterruptedException {
    followers.forEach(one -> others.add(Thread.ofVirtual().start(one)));
    members.forEach(one -> others.add(Thread.ofVirtual().start(one)));
    long end = System.nanoTime() + BEGIN_MILLIS * 1_000_000;
    while (!followers.stream().allMatch(Load::isSubscribed)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("subscribers do not come up");
      }
      Thread.sleep(20);
    }
    publishers.forEach(one -> publishing.add(Thread.ofVirtual().start(one)));
    journal.add(new Event.Quota(journal.now(), Metered.PER_SECOND, Metered.PER_SECOND));
    metered.forEach(one -> others.add(Thread.ofVirtual().start(one)));
  }

  private static boolean isSubscribed(Follower follower) {
    return Tenant.channels().stream().allMatch(channel -> follower.at(channel) != null);
  }

  /** Messages published so far. */
  public int published() {
    return counts.published();
  }

  /** Nothing new is published; returns when everything has its answer. */
  public void finishPublishing() throws InterruptedException {
    publishers.forEach(Publisher::stop);
    for (Thread one : publishing) {
      one.join();
    }
  }

  /** The limited tenant asks for nothing more. */
  public void finishMetered() {
    metered.forEach(Metered::stop);
  }

  /** Waits until publishing goes on: every publisher is acknowledged once more. */
  public boolean awaitAcknowledgements(long millis) throws InterruptedException {
    int[] before = publishers.stream().mapToInt(Publisher::acknowledged).toArray();
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      boolean all = true;
      for (int i = 0; i < before.length; i++) {
        all &= publishers.get(i).acknowledged() > before[i];
      }
      if (all) {
        return true;
      }
      Thread.sleep(20);
    }
    return false;
  }

  /** Waits until every subscriber has come to where every channel is now, or further. */
  public boolean catchUp(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    for (Tenant tenant : tenants) {
      for (String channel : Tenant.channels()) {
        while (!Tenant.classOf(channel).equals("none") && !haveReached(tenant, channel)) {
          if (System.nanoTime() > end) {
            return false;
          }
          Thread.sleep(50);
        }
      }
    }
    return true;
  }

  private boolean haveReached(Tenant tenant, String channel) throws InterruptedException {
    try {
      long seq = rest.get(tenant, 0, "/v1/channels/" + Rest.encoded(channel)).path("seq").asLong();
      long end = System.nanoTime() + 1_000_000_000L;
      while (System.nanoTime() < end) {
        if (followers.stream()
            .filter(one -> one.tenant.equals(tenant))
            .allMatch(one -> one.isAt(channel, seq))) {
          return true;
        }
        Thread.sleep(10);
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** From now on nobody breaks off by himself. */
  public void settle() {
    followers.forEach(Follower::settle);
    members.forEach(Member::settle);
  }

  /** What is not where it should be; empty: everybody has come to the end of every channel. */
  public List<String> unrest() throws InterruptedException {
    List<String> found = new ArrayList<>();
    try {
      for (Tenant tenant : tenants) {
        for (String channel : Tenant.channels()) {
          if (!Tenant.classOf(channel).equals("none")) {
            compare(tenant, channel, found);
          }
        }
      }
    } catch (IOException e) {
      found.add(e.toString());
    }
    if (!members.stream().allMatch(Member::isPresent)) {
      found.add("members are not in");
    }
    return found;
  }

  /** Whether every observer and every node shows exactly those who are there. */
  public boolean agreesOnMembers() throws InterruptedException {
    try {
      for (Tenant tenant : tenants) {
        Set<String> there =
            members.stream()
                .filter(one -> one.tenant().equals(tenant))
                .flatMap(one -> one.name().stream())
                .collect(Collectors.toSet());
        for (Follower one : followers) {
          if (one.tenant.equals(tenant) && one.observes() && !one.tracker.shown().equals(there)) {
            return false;
          }
        }
        for (int node = 0; node < rest.nodes(); node++) {
          if (!Set.copyOf(Stock.members(rest, tenant, node)).equals(there)) {
            return false;
          }
        }
      }
      return members.stream().allMatch(Member::isPresent);
    } catch (IOException e) {
      return false;
    }
  }

  private void compare(Tenant tenant, String channel, List<String> found)
      throws IOException, InterruptedException {
    var head = rest.get(tenant, 0, "/v1/channels/" + Rest.encoded(channel));
    String epoch = head.path("epoch").asText();
    long seq = head.path("seq").asLong();
    for (Follower follower : followers) {
      if (follower.tenant.equals(tenant)) {
        Tracker.Place place = follower.at(channel);
        if (place == null || place.seq() != seq || !place.current().equals(epoch)) {
          found.add(follower.name + " is at " + place + " of " + channel + ", not " + epoch + seq);
        }
      }
    }
  }

  /** What every node says of every channel now, for the record. */
  public void takeStock() throws IOException, InterruptedException {
    Stock stock = new Stock(rest, journal);
    for (Tenant tenant : tenants) {
      for (int node = 0; node < rest.nodes(); node++) {
        for (String channel : Tenant.channels()) {
          stock.take(tenant, node, channel);
        }
        stock.members(tenant, node);
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    publishers.forEach(Publisher::stop);
    metered.forEach(Metered::stop);
    followers.forEach(Follower::stop);
    members.forEach(Member::stop);
    for (Thread one : others) {
      one.join(10_000);
    }
    publishing.forEach(Thread::interrupt);
    sockets.forEach(SocketWay::close);
    rest.close();
  }
}

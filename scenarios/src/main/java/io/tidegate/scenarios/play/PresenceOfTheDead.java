package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import io.tidegate.scenarios.judge.Event;
import io.tidegate.scenarios.stage.Balancer;
import io.tidegate.scenarios.stage.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Of two members on a node that dies one comes back and is present all along; one does not. */
final class PresenceOfTheDead implements Play {
  /** Who comes back within 10 s was never away; on a slow machine a client may take longer. */
  private static final long SURELY_IN_TIME = TimeUnit.SECONDS.toNanos(5);

  private final Scene scene;
  private final Balancer lasting;
  private final Balancer mortal;
  private Optional<Client> watcher = Optional.empty();
  private Optional<Client> member = Optional.empty();
  private Optional<Client> ghost = Optional.empty();

  PresenceOfTheDead(Scene scene) {
    this.scene = scene;
    this.lasting = scene.towardsVictim();
    this.mortal = scene.towardsVictim();
  }

  private String room() {
    return scene.channel("window") + ":room";
  }

  @Override
  public void begin() throws Exception {
    watcher = Optional.of(scene.client("watcher", scene.elsewhere()));
    watcher.orElseThrow().watch(room());
    member = Optional.of(scene.client("member", lasting));
    member.orElseThrow().enter(room());
    ghost = Optional.of(scene.client("ghost", mortal));
    ghost.orElseThrow().enter(room());
    Set<String> both = Set.of(scene.clientId("member"), scene.clientId("ghost"));
    Patience.demand(() -> there().equals(both), () -> "not both are there: " + there());
  }

  @Override
  public void during(BooleanSupplier over) throws Exception {
    // Where it was is gone in a moment, and it finds no other way.
    mortal.stall();
    Patience.demand(over, () -> "the cluster is not whole");
  }

  private Set<String> there() {
    List<Event.Members> changes = watcher.orElseThrow().all(Event.Members.class);
    return changes.isEmpty() ? Set.of() : changes.getLast().members();
  }

  @Override
  public List<String> end() throws Exception {
    List<String> found = new ArrayList<>();
    Set<String> one = Set.of(scene.clientId("member"));
    if (!Patience.until(() -> there().equals(one))) {
      found.add("a ghost, or nobody: " + there());
    }
    if (awayNanos() < SURELY_IN_TIME && hasLeft("member")) {
      found.add("it came back in time, and was told to have left");
    }
    if (!hasLeft("ghost")) {
      found.add("nobody was told that a member left");
    }
    member.orElseThrow().leave(room());
    if (!Patience.until(() -> there().isEmpty())) {
      found.add("it left, and is there: " + there());
    }
    return found;
  }

  private boolean hasLeft(String who) {
    return watcher.orElseThrow().all(Event.Members.class).stream()
        .anyMatch(
            change ->
                change.action().equals("leave") && change.clientId().equals(scene.clientId(who)));
  }

  /** From its first state that is not connected to its last one that is. */
  private long awayNanos() {
    List<Event.State> states = member.orElseThrow().all(Event.State.class);
    long lost = Long.MAX_VALUE;
    long back = 0;
    boolean wasConnected = false;
    for (Event.State state : states) {
      boolean connected = state.state().equals("connected");
      if (wasConnected && !connected) {
        lost = Math.min(lost, state.nanos());
      }
      if (connected) {
        back = state.nanos();
      }
      wasConnected |= connected;
    }
    return lost == Long.MAX_VALUE ? 0 : back - lost;
  }

  @Override
  public int weight() {
    return watcher.orElseThrow().all(Event.Members.class).size();
  }
}

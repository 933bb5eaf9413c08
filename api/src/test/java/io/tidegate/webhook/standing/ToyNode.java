package io.tidegate.webhook.standing;

import io.tidegate.channel.AppId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A node whose clients are a map, and which can be cut off from the store or die. */
final class ToyNode implements Inventory, AutoCloseable {
  private final Map<Fact, Holding> here = new ConcurrentHashMap<>();
  private final String name;
  private final Standings standings;
  private volatile boolean cutOff;

  ToyNode(StandingFixture fixture, String name, Pace pace) {
    this.name = name;
    standings = fixture.standings(name, reachable(fixture.store()), pace);
    standings.start(this);
  }

  /** The store, as long as this node reaches it. */
  private StandingStore reachable(StandingStore store) {
    Object made =
        Proxy.newProxyInstance(
            StandingStore.class.getClassLoader(),
            new Class<?>[] {StandingStore.class},
            (proxy, method, arguments) -> {
              if (cutOff) {
                throw new RefusedException(Refusal.STORE_UNAVAILABLE, "cut off");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return (StandingStore) made;
  }

  /** Its leases' names begin so. */
  String name() {
    return name + ".";
  }

  Standings standings() {
    return standings;
  }

  void come(Fact fact, Holding holding) {
    here.put(fact, holding);
    if (standings.follows(fact.app(), fact.kind())) {
      standings.came(fact, holding);
    }
  }

  void go(Fact fact, Duration grace) {
    here.remove(fact);
    if (standings.follows(fact.app(), fact.kind())) {
      standings.left(fact, grace);
    }
  }

  void go(Fact fact) {
    go(fact, Duration.ZERO);
  }

  /** What it has told is not written any more, until it is back. */
  void cutOff(boolean away) {
    cutOff = away;
  }

  Map<Fact, Holding> here() {
    return here;
  }

  @Override
  public @Nullable Holding find(Fact fact) {
    return here.get(fact);
  }

  @Override
  public void visit(@Nullable AppId app, BiConsumer<Fact, Holding> visitor) {
    here.forEach(
        (fact, holding) -> {
          if (app == null || app.equals(fact.app())) {
            visitor.accept(fact, holding);
          }
        });
  }

  @Override
  public void close() {
    standings.close();
  }
}

package io.tidegate.e2e.gateway;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What stands before several nodes: each request and connection goes to the next one in turn. */
public final class Balancer implements Target {
  private final List<Target> nodes;
  private final AtomicInteger turn = new AtomicInteger();

  public Balancer(List<? extends Target> nodes) {
    this.nodes = new CopyOnWriteArrayList<>(nodes);
  }

  /** Nothing goes there from now on. */
  public void takeOut(Target node) {
    nodes.remove(node);
  }

  public void putIn(Target node) {
    nodes.add(node);
  }

  @Override
  public int port() {
    // The list may shrink between two looks.
    Object[] now = nodes.toArray();
    return ((Target) now[Math.floorMod(turn.getAndIncrement(), now.length)]).port();
  }

  @Override
  public String operatorToken() {
    return nodes.getFirst().operatorToken();
  }
}

package io.tidegate.scenarios.stage;

import io.tidegate.faults.world.Node;
import io.tidegate.faults.world.Proxy;
import java.net.URI;
import java.util.List;

/**
 * A load balancer of one client's own: new connections go to the node it prefers, or to the next
 * one that is ready, and what passes can be cut, held back and swallowed.
 */
public final class Balancer implements AutoCloseable {
  private final List<Node> nodes;
  private volatile int preferred;
  private final Proxy proxy;

  Balancer(List<Node> nodes, int preferred) {
    this.nodes = nodes;
    this.preferred = preferred;
    this.proxy = new Proxy(this::target);
  }

  private int target() {
    int preferred = this.preferred;
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get((preferred + i) % nodes.size());
      if (isReady(node)) {
        return node.clientPort();
      }
    }
    return nodes.get(preferred).clientPort();
  }

  private static boolean isReady(Node node) {
    try {
      return node.isAlive() && node.isReady();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Where the client finds its gateway. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + proxy.port());
  }

  /** Cuts the connections, and every new one until {@link #open}. */
  public void shut() {
    proxy.way(Proxy.Way.RESET);
  }

  /** What the client says arrives, what it is answered does not, until {@link #cutNow}. */
  public void swallowAnswers() {
    proxy.way(Proxy.Way.HALF_OPEN);
  }

  /** Nothing passes, and nothing ends. */
  public void stall() {
    proxy.way(Proxy.Way.BLACK_HOLE);
  }

  /**
   * Nothing passes over the connections there are, and none of them ends; new ones go elsewhere.
   */
  public void freezeAndMoveOn() {
    preferred = (preferred + 1) % nodes.size();
    proxy.freeze();
  }

  /** Cuts the connections, with the answers that were held back; new ones are good. */
  public void cutNow() {
    proxy.way(Proxy.Way.RESET);
    proxy.way(Proxy.Way.OPEN);
  }

  /** From now on everything passes. */
  public void open() {
    proxy.way(Proxy.Way.OPEN);
  }

  @Override
  public void close() {
    proxy.close();
  }
}

package io.tidegate.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Event.Action;
import io.tidegate.faults.history.Journal;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One client that is present in {@link Tenant#ROOM}: it breaks off and resumes, resumes while the
 * old line is still open, and sometimes leaves and comes again. One thread.
 */
final class Member implements Runnable {
  private static final long PING_MILLIS = 2_000;
  private static final long SILENT_MILLIS = 6_000;
  private static final int STAYS_SECONDS = 12;

  private final String clientId;
  private final Tenant tenant;
  private final String token;
  private final Rest rest;
  private final Journal journal;
  private final Random random;

  private volatile boolean stopped;
  private volatile boolean steady;
  private volatile boolean present;
  private int node;

  /** Of the line that is held now, or was last. */
  private int at;

  /** Of the connection that is to go on; null: it begins anew. */
  private @Nullable Key key;

  private volatile @Nullable String connectionId;

  /** Whether it is a member under that connectionId. */
  private boolean entered;

  /** The line that goes on being open until the next has been resumed; null: none. */
  private @Nullable Line old;

  /**
   * @param ofLater the node that it is from was of the later version
   */
  private record Key(String text, boolean ofLater) {}

  Member(
      String clientId,
      Tenant tenant,
      int home,
      String token,
      Rest rest,
      Journal journal,
      Random random) {
    this.clientId = clientId;
    this.tenant = tenant;
    this.node = home;
    this.token = token;
    this.rest = rest;
    this.journal = journal;
    this.random = random;
  }

  Tenant tenant() {
    return tenant;
  }

  void settle() {
    steady = true;
  }

  void stop() {
    stopped = true;
  }

  /** Whether it has been let in, and its line is up. */
  boolean isPresent() {
    return present;
  }

  /** As observers are told of it; empty while it is not there. */
  Optional<String> name() {
    String id = connectionId;
    return present && id != null ? Optional.of(clientId + "/" + id) : Optional.empty();
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        Line line;
        try {
          line = Line.open(rest, node, null);
        } catch (IllegalStateException e) {
          node = (node + 1) % rest.nodes();
          Thread.sleep(50 + random.nextInt(300));
          continue;
        }
        at = node;
        hold(line);
        present = false;
        Thread.sleep(20 + random.nextInt(200));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hold(Line line) throws InterruptedException {
    ObjectNode auth = Rest.JSON.createObjectNode().put("type", "auth").put("token", token);
    if (key != null) {
      auth.put("resume", key.text());
    }
    line.send(auth.toString());
    long end = journal.now() + 2_000 + random.nextInt(2 * STAYS_SECONDS * 1_000);
    long heard = journal.now();
    long pinged = heard;
    while (!stopped && (steady || journal.now() < end)) {
      Line.Heard next = line.next(200);
      long now = journal.now();
      if (next != null) {
        heard = now;
        JsonNode frame = next.frame();
        if (frame == null) {
          broken(next.end());
          return;
        }
        frame(line, frame);
      } else if (now - heard > SILENT_MILLIS) {
        line.cut();
        broken("silent");
        return;
      }
      if (now - pinged > PING_MILLIS) {
        pinged = now;
        line.send("{\"type\":\"ping\"}");
      }
    }
    part(line);
  }

  private void frame(Line line, JsonNode frame) {
    switch (frame.path("type").asText()) {
      case "connected" -> connected(line, frame);
      case "reply" -> {
        if (!entered) {
          entered = true;
          tell(Action.ENTERED);
        }
        present = true;
      }
      case "error" -> {
        if (!Expected.isRefusal(frame.path("code").asInt())) {
          odd(frame.toString());
        }
        if (frame.path("id").asText().equals("enter")) {
          // The line ends, and the next begins with it again.
          line.cut();
        }
      }
      default -> {}
    }
  }

  private void connected(Line line, JsonNode frame) {
    String id = frame.path("connectionId").asText();
    boolean resumed = frame.path("resumed").asBoolean();
    if (key != null && !resumed) {
      boolean unknown = key.ofLater() && !line.isLater();
      journal.add(new Event.Anew(journal.now(), clientId, tenant.letter(), at, unknown));
    }
    if (resumed && !id.equals(connectionId)) {
      odd(connectionId + " goes on as " + id);
    }
    resumed &= id.equals(connectionId);
    Line open = old;
    old = null;
    if (open != null) {
      open.cut();
      if (!resumed) {
        // It was there over that line, and nothing goes on with it.
        tell(Action.GONE);
      }
    }
    key = new Key(frame.path("connectionKey").asText(), line.isLater());
    connectionId = id;
    if (resumed && entered) {
      tell(Action.RESUMED);
      present = true;
      // It may have been taken for gone: then this puts it in again, else it changes nothing.
      enter(line);
      return;
    }
    entered = false;
    enter(line);
  }

  private static void enter(Line line) {
    line.send(
        "{\"type\":\"presence\",\"id\":\"enter\",\"channel\":\""
            + Tenant.ROOM
            + "\",\"action\":\"enter\"}");
  }

  /** Of its own wish, in one of three ways. */
  private void part(Line line) throws InterruptedException {
    node = random.nextInt(rest.nodes());
    int way = random.nextInt(4);
    if (way == 0 && entered && !stopped) {
      tell(Action.LEAVING);
      line.close();
      Thread.sleep(1_500);
      line.cut();
      entered = false;
      key = null;
      connectionId = null;
    } else if (way < 3 || stopped) {
      line.cut();
      tell(Action.GONE);
    } else {
      old = line;
    }
  }

  private void broken(String why) {
    Line open = old;
    old = null;
    if (open != null) {
      open.cut();
    }
    tell(Action.GONE);
    journal.add(new Event.Ended(journal.now(), clientId, tenant.letter(), node, why));
    node = (node + 1) % rest.nodes();
  }

  private void odd(String what) {
    journal.add(new Event.Odd(journal.now(), clientId, tenant.letter(), what));
  }

  private void tell(Action action) {
    if (connectionId != null && (entered || action == Action.ENTERED)) {
      journal.add(
          new Event.Present(
              journal.now(), tenant.letter(), Tenant.ROOM, clientId, connectionId, at, action));
    }
  }
}

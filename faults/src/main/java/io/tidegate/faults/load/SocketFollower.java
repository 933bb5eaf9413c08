package io.tidegate.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Journal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A subscriber over WebSocket. */
final class SocketFollower extends Follower {
  private static final long PING_MILLIS = 2_000;
  private static final long SILENT_MILLIS = 8_000;

  /** A subscription is answered within this, or the line is given up. */
  private static final long UNANSWERED_MILLIS = 15_000;

  private static final long AGAIN_MILLIS = 300;

  private final boolean presence;

  /**
   * @param presence whether it watches the members of {@link Tenant#ROOM}, too
   */
  SocketFollower(
      String name,
      Tenant tenant,
      int home,
      List<String> channels,
      boolean presence,
      Rest rest,
      Journal journal,
      Random random) {
    super(name, tenant, home, channels, rest, journal, random);
    this.presence = presence;
  }

  @Override
  boolean observes() {
    return presence;
  }

  @Override
  End follow(int node, long endMillis) throws InterruptedException {
    Line line;
    try {
      line = Line.open(rest, node, tenant.app().keyAuthorization());
    } catch (IllegalStateException e) {
      return new End(String.valueOf(e.getMessage()), -1);
    }
    try {
      return new Conversation(line).hold(endMillis);
    } finally {
      line.cut();
    }
  }

  private final class Conversation {
    private final Line line;
    private final Set<String> resuming = new HashSet<>();
    private final Map<String, Long> asked = new HashMap<>();
    private final Map<String, Long> again = new HashMap<>();
    private long heardMillis = journal.now();
    private long pingedMillis = heardMillis;
    private long pauseMillis = -1;

    Conversation(Line line) {
      this.line = line;
    }

    End hold(long endMillis) throws InterruptedException {
      while (!breaksOff(endMillis)) {
        Line.Heard heard = line.next(200);
        long now = journal.now();
        if (heard != null) {
          heardMillis = now;
          JsonNode frame = heard.frame();
          if (frame == null) {
            return new End(heard.end(), pauseMillis);
          }
          frame(frame, now);
        } else if (now - heardMillis > SILENT_MILLIS) {
          return new End("silent", -1);
        }
        if (asked.values().stream().anyMatch(at -> now - at > UNANSWERED_MILLIS)) {
          return new End("not subscribed in time: " + asked.keySet(), -1);
        }
        if (now - pingedMillis > PING_MILLIS) {
          pingedMillis = now;
          line.send("{\"type\":\"ping\"}");
        }
        askAgain(now);
      }
      return new End(OWN_WISH, -1);
    }

    private void frame(JsonNode frame, long now) {
      String channel = frame.path("channel").asText();
      String type = frame.path("type").asText();
      if (tracker.frame(frame, resuming.contains(channel))) {
        if (type.equals("subscribed")) {
          asked.remove(channel);
        }
        return;
      }
      switch (type) {
        case "connected" -> {
          channels.forEach(one -> subscribe(one, now));
          if (presence) {
            subscribe(Tenant.ROOM, now);
          }
        }
        case "pong", "expiring" -> {}
        case "reconnect" -> pauseMillis = frame.path("afterMs").asLong();
        case "error", "unsubscribed" -> refused(frame, channel, now);
        default -> odd(frame);
      }
    }

    private void refused(JsonNode frame, String channel, long now) {
      long wait = frame.path("retryAfterMs").asLong(AGAIN_MILLIS);
      if (!Expected.isRefusal(frame.path("code").asInt())) {
        odd(frame);
      }
      if (channel.isEmpty()) {
        pauseMillis = wait;
      } else {
        asked.remove(channel);
        again.put(channel, now + Math.min(wait, 2_000));
      }
    }

    private void odd(JsonNode frame) {
      journal.add(new Event.Odd(journal.now(), name, tenant.letter(), frame.toString()));
    }

    private void askAgain(long now) {
      Iterator<Map.Entry<String, Long>> all = again.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<String, Long> one = all.next();
        if (now >= one.getValue()) {
          all.remove();
          subscribe(one.getKey(), now);
        }
      }
    }

    private void subscribe(String channel, long now) {
      ObjectNode frame = Rest.JSON.createObjectNode();
      frame.put("type", "subscribe").put("id", "s").put("channel", channel);
      Tracker.Place place = tracker.at(channel);
      if (place != null) {
        frame.putObject("since").put("epoch", place.epoch()).put("seq", place.seq());
        resuming.add(channel);
      }
      if (channel.equals(Tenant.ROOM)) {
        frame.put("presence", true);
      }
      asked.put(channel, now);
      line.send(frame.toString());
    }
  }
}

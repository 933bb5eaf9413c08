package io.tidegate.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes on WebSockets, one to each node that stays open; now and then it is cut when a unit has
 * been sent, whose outcome nobody knows then. One thread at a time for each node.
 */
final class SocketWay implements PublishWay, AutoCloseable {
  /** As patient as {@link Rest}. */
  private static final long PATIENCE_MILLIS = 7_000;

  private static final long CONNECTED_MILLIS = 5_000;

  /** One of so many units is sent, and its socket cut. */
  private static final int CUT = 150;

  private final Rest rest;
  private final Random random;
  private final Map<Integer, Line> lines = new ConcurrentHashMap<>();
  private final AtomicLong frames = new AtomicLong();

  SocketWay(Rest rest, Random random) {
    this.rest = rest;
    this.random = random;
  }

  @Override
  public Answer publish(
      Tenant tenant, int node, String channel, List<String> ids, List<String> data)
      throws InterruptedException {
    Line line = line(tenant, node);
    if (line == null) {
      return Answer.NOT_CONNECTED;
    }
    String id = Long.toString(frames.incrementAndGet());
    ObjectNode frame = Rest.JSON.createObjectNode();
    frame.put("type", "publish").put("id", id).put("channel", channel);
    frame.set("messages", PublishWay.messages(ids, data));
    line.send(frame.toString());
    if (chance()) {
      // The bytes are on their way, or not.
      Thread.sleep(1);
      end(node, line);
      return Answer.unknown("cut");
    }
    return answer(node, line, id);
  }

  /** The one that is open, or a new one; null when there is none to be had. */
  private @Nullable Line line(Tenant tenant, int node) throws InterruptedException {
    Line open = lines.get(node);
    if (open != null) {
      Line.Heard heard = open.next(0);
      while (heard != null && heard.frame() != null && !isFarewell(heard.frame())) {
        heard = open.next(0);
      }
      if (heard == null) {
        return open;
      }
      end(node, open);
    }
    Line line;
    try {
      line = Line.open(rest, node, tenant.app().keyAuthorization());
    } catch (IllegalStateException e) {
      return null;
    }
    Line.Heard first = line.next(CONNECTED_MILLIS);
    if (first == null || first.frame() == null || !isConnected(first.frame())) {
      line.cut();
      return null;
    }
    lines.put(node, line);
    return line;
  }

  private Answer answer(int node, Line line, String id) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    boolean leaves = false;
    while (System.nanoTime() < end) {
      Line.Heard heard = line.next(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      if (heard == null) {
        break;
      }
      JsonNode frame = heard.frame();
      if (frame == null) {
        end(node, line);
        return Answer.unknown(heard.end());
      }
      leaves |= isFarewell(frame);
      if (frame.path("id").asText().equals(id)) {
        if (leaves) {
          end(node, line);
        }
        return frame.path("type").asText().equals("reply")
            ? Answer.acknowledged(frame)
            : Answer.refused(frame.path("code").asInt(), frame.path("message").asText());
      }
    }
    end(node, line);
    return Answer.unknown("not answered in time");
  }

  private static boolean isConnected(JsonNode frame) {
    return frame.path("type").asText().equals("connected");
  }

  /** The node goes, or the line is about to be closed. */
  private static boolean isFarewell(JsonNode frame) {
    String type = frame.path("type").asText();
    return type.equals("reconnect") || (type.equals("error") && !frame.has("id"));
  }

  private void end(int node, Line line) {
    lines.remove(node, line);
    line.cut();
  }

  private synchronized boolean chance() {
    return random.nextInt(CUT) == 0;
  }

  @Override
  public void close() {
    lines.values().forEach(Line::cut);
  }
}

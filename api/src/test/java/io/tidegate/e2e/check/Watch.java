package io.tidegate.e2e.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.client.Frames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One observer's eyes: each of its channels must be a gapless, increasing run over all its
 * connections, or be broken by a word of the gateway. Fed by one thread at a time.
 */
public final class Watch implements Consumer<JsonNode> {
  private final String who;
  private final Observations observations;
  private final Map<String, Frames.Position> at = new HashMap<>();
  private final List<JsonNode> jumps = new ArrayList<>();
  private final Map<String, List<JsonNode>> messages = new HashMap<>();

  Watch(String who, Observations observations) {
    this.who = who;
    this.observations = observations;
  }

  @Override
  public synchronized void accept(JsonNode frame) {
    String channel = frame.path("channel").asText();
    long seq = frame.path("seq").asLong();
    switch (Frames.type(frame)) {
      case "subscribed" -> subscribed(channel, frame);
      case "discontinuity" -> {
        jumps.add(frame);
        at.put(channel, new Frames.Position(frame.path("epoch").asText(), seq));
      }
      case "message" -> {
        Frames.Position here = next(channel, frame.path("epoch").asText(""), seq);
        messages.computeIfAbsent(channel, name -> new ArrayList<>()).add(frame);
        observations.saw(who, channel, here.epoch(), seq, frame);
      }
      case "skipped" -> next(channel, "", seq);
      default -> {}
    }
  }

  private void subscribed(String channel, JsonNode frame) {
    Frames.Position begins =
        new Frames.Position(frame.path("epoch").asText(), frame.path("seq").asLong());
    Frames.Position before = at.put(channel, begins);
    if (before == null) {
      return;
    }
    if (!frame.path("resumed").asBoolean()) {
      jumps.add(frame);
    } else if (!before.equals(begins)) {
      observations.fault(who + " resumed " + channel + " at " + begins + ", not at " + before);
    }
  }

  private Frames.Position next(String channel, String epoch, long seq) {
    Frames.Position before = at.get(channel);
    if (before == null) {
      observations.fault(who + " got " + seq + " of " + channel + " before it was subscribed");
    } else if (seq != before.seq() + 1) {
      observations.fault(who + " got " + seq + " of " + channel + " after " + before.seq());
    }
    String current = before == null ? "" : before.epoch();
    Frames.Position here = new Frames.Position(epoch.isEmpty() ? current : epoch, seq);
    at.put(channel, here);
    return here;
  }

  /** Every word of the gateway that a run was broken. */
  public synchronized List<JsonNode> jumps() {
    return List.copyOf(jumps);
  }

  /** The messages seen in a channel, in order. */
  public synchronized List<JsonNode> messages(String channel) {
    return List.copyOf(messages.getOrDefault(channel, List.of()));
  }

  /** The last seq seen in a channel, 0 when it was not subscribed. */
  public synchronized long seq(String channel) {
    Frames.Position position = at.get(channel);
    return position == null ? 0 : position.seq();
  }
}

package io.tidegate.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.faults.history.Event;
import io.tidegate.faults.history.Journal;
import io.tidegate.faults.history.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where one subscriber is in each of its channels, by the contract's rules, and its account of it.
 * Judges nothing. One thread at a time changes it; any may look.
 */
final class Tracker {
  /** The last position a client has, and the epoch that the next message is of. */
  record Place(String epoch, long seq, String current) {}

  private final String who;
  private final Tenant tenant;
  private final Journal journal;
  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final Shown shown = new Shown();

  Tracker(String who, Tenant tenant, Journal journal) {
    this.who = who;
    this.tenant = tenant;
    this.journal = journal;
  }

  /** Who is in {@link Tenant#ROOM}, as it was told. */
  Set<String> shown() {
    return shown.members();
  }

  @Nullable Place at(String channel) {
    return places.get(channel);
  }

  /**
   * One frame.
   *
   * @param resuming whether positions were given when this connection was opened
   * @return whether it was one of a subscription
   */
  boolean frame(JsonNode frame, boolean resuming) {
    String channel = frame.path("channel").asText();
    long seq = frame.path("seq").asLong(-1);
    Place before = places.get(channel);
    switch (frame.path("type").asText()) {
      case "subscribed" -> subscribed(frame, channel, seq, resuming ? before : null);
      case "message" -> message(frame, channel, seq, before);
      case "skipped" -> {
        journal.add(new Event.Skipped(journal.now(), who, tenant.letter(), channel, seq));
        if (before != null) {
          places.put(channel, new Place(before.current(), seq, before.current()));
        }
      }
      case "discontinuity" -> jumped(frame, channel, seq);
      case "presence" -> presence(frame, channel);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void subscribed(JsonNode frame, String channel, long seq, @Nullable Place since) {
    String epoch = frame.path("epoch").asText();
    journal.add(
        new Event.Subscribed(
            journal.now(),
            who,
            tenant.letter(),
            channel,
            epoch,
            seq,
            since == null ? null : since.epoch(),
            since == null ? 0 : since.seq(),
            frame.path("resumed").asBoolean(),
            text(frame, "reason")));
    places.put(channel, new Place(epoch, seq, epoch));
  }

  private void message(JsonNode frame, String channel, long seq, @Nullable Place before) {
    String epoch = text(frame, "epoch");
    journal.add(
        new Event.Delivered(
            journal.now(),
            who,
            tenant.letter(),
            channel,
            epoch,
            seq,
            frame.path("id").asText(),
            frame.path("data").asText()));
    if (before != null) {
      String current = before.current();
      places.put(channel, new Place(epoch == null ? current : epoch, seq, current));
    }
  }

  private void jumped(JsonNode frame, String channel, long seq) {
    String epoch = frame.path("epoch").asText();
    journal.add(
        new Event.Jumped(
            journal.now(),
            who,
            tenant.letter(),
            channel,
            epoch,
            seq,
            text(frame.path("from"), "epoch"),
            frame.path("from").path("seq").asLong(-1),
            frame.path("reason").asText()));
    places.put(channel, new Place(epoch, seq, epoch));
  }

  private void presence(JsonNode frame, String channel) {
    List<String> members = new ArrayList<>();
    frame
        .path("members")
        .forEach(
            one ->
                members.add(
                    one.path("clientId").asText() + "/" + one.path("connectionId").asText()));
    Event.Seen seen =
        new Event.Seen(
            journal.now(),
            who,
            tenant.letter(),
            channel,
            frame.path("action").asText(),
            members,
            !frame.has("cursor"));
    journal.add(seen);
    shown.see(seen);
  }

  private static @Nullable String text(JsonNode of, String field) {
    return of.hasNonNull(field) ? of.path(field).asText() : null;
  }
}

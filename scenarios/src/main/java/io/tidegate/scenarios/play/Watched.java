package io.tidegate.scenarios.play;

import io.tidegate.scenarios.driver.Client;
import io.tidegate.scenarios.judge.Event;
import io.tidegate.scenarios.judge.Judge;
import io.tidegate.scenarios.judge.Place;
import io.tidegate.scenarios.judge.Sent;
import io.tidegate.scenarios.stage.Patience;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel that one client reads, and that a client and a backend publish to. */
final class Watched {
  private final Scene scene;
  private final String channel;
  private final Client reader;
  private final Client writer;
  private final @Nullable String cipher;
  private final List<Sent> ofBackend = new ArrayList<>();
  private final List<String> ofWriter = new ArrayList<>();

  private Watched(
      Scene scene, String channel, Client reader, Client writer, @Nullable String cipher) {
    this.scene = scene;
    this.channel = channel;
    this.reader = reader;
    this.writer = writer;
    this.cipher = cipher;
  }

  /** One client reads and publishes. */
  static Watched by(Scene scene, Client client, String channel) throws InterruptedException {
    return by(scene, client, client, channel, Client.How.PLAIN);
  }

  /** One reads and another one publishes, with the same cipher. */
  static Watched by(Scene scene, Client reader, Client writer, String channel, Client.How how)
      throws InterruptedException {
    reader.subscribe(channel, how);
    return new Watched(scene, channel, reader, writer, how.cipher());
  }

  /** What is wrong with any of them, when nothing was taken from the gateway. */
  static List<String> verdicts(List<Watched> channels) throws Exception {
    List<String> found = new ArrayList<>();
    for (Watched channel : channels) {
      found.addAll(channel.verdict(false));
    }
    return found;
  }

  /** How many messages came in all of them. */
  static int received(List<Watched> channels) {
    return channels.stream().mapToInt(Watched::received).sum();
  }

  String channel() {
    return channel;
  }

  /** The backend publishes so many as one unit; returns when they are acknowledged. */
  void fromBackend(int count) throws Exception {
    ofBackend.addAll(scene.tenant().backend().publish(channel, scene.ids(count)));
  }

  /** The writer publishes so many; does not wait. */
  List<String> fromWriter(int count) throws InterruptedException {
    List<String> ids = scene.ids(count);
    ofWriter.addAll(ids);
    writer.publish(channel, ids, cipher);
    return ids;
  }

  /** Whether each publish of the writer was acknowledged or given up. */
  boolean isAnswered() {
    return answered().size() == ofWriter.size();
  }

  /** How many messages came. */
  int received() {
    return reader.deliveries(channel).size();
  }

  /**
   * Waits for what is still to come.
   *
   * @param mayJump whether what keeps the channel was taken from the gateway
   */
  List<String> verdict(boolean mayJump) throws Exception {
    List<String> found = new ArrayList<>();
    Patience.until(this::isAnswered);
    Map<String, Place> acknowledged = acknowledged(found);
    for (String id : ofWriter) {
      if (!acknowledged.containsKey(id) && !(mayJump && answered().contains(id))) {
        found.add("not acknowledged: " + id + failure(id));
      }
    }
    List<Sent> sent = new ArrayList<>(ofBackend);
    acknowledged.forEach((id, at) -> sent.add(new Sent(id, at)));
    if (!mayJump) {
      found.addAll(kept(sent));
    }
    Patience.until(() -> Judge.isSettled(reader.deliveries(channel), sent));
    found.addAll(Judge.violations(reader.deliveries(channel), sent, mayJump));
    return found.stream().map(what -> channel + ": " + what).toList();
  }

  /** What was acknowledged is in history once, at its place, and nothing else is. */
  private List<String> kept(List<Sent> sent) throws Exception {
    List<String> found = new ArrayList<>();
    List<Sent> history = scene.tenant().backend().history(channel);
    Set<Sent> missing = new HashSet<>(sent);
    history.forEach(missing::remove);
    missing.forEach(one -> found.add("acknowledged and not in history: " + one));
    Set<Sent> strange = new HashSet<>(history);
    sent.forEach(strange::remove);
    strange.forEach(one -> found.add("in history and not acknowledged: " + one));
    if (new HashSet<>(history).size() != history.size()) {
      found.add("twice in history");
    }
    if (!reader.history(channel).equals(history)) {
      found.add("the SDK reads another history");
    }
    return found;
  }

  private Map<String, Place> acknowledged(List<String> found) {
    Map<String, Place> places = new HashMap<>();
    for (Event.Acked acked : writer.all(Event.Acked.class)) {
      if (acked.channel().equals(channel) && places.put(acked.id(), acked.at()) != null) {
        found.add("acknowledged twice: " + acked.id());
      }
    }
    return places;
  }

  private Set<String> answered() {
    Set<String> answered = new HashSet<>();
    for (Event event : writer.reported()) {
      if (event instanceof Event.Acked acked && acked.channel().equals(channel)) {
        answered.add(acked.id());
      } else if (event instanceof Event.Failed failed && failed.channel().equals(channel)) {
        answered.add(failed.id());
      }
    }
    return answered;
  }

  private String failure(String id) {
    return writer.all(Event.Failed.class).stream()
        .filter(failed -> failed.id().equals(id))
        .findFirst()
        .map(failed -> ": " + failed.code() + " " + failed.message())
        .orElse(" and not refused");
  }
}

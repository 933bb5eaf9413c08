package io.tidegate.scenarios.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.scenarios.judge.Event;
import io.tidegate.scenarios.judge.Sent;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One client of an SDK, in a driver, and all that it has reported. Any thread. */
public final class Client {
  private static final String CONNECTED = "connected";

  private final Driver driver;
  private final String name;

  /** In the order of the driver's lines; guarded by this. */
  private final List<Event> reported = new ArrayList<>();

  Client(Driver driver, String name) {
    this.driver = driver;
    this.name = name;
  }

  synchronized void take(Event event) {
    reported.add(event);
  }

  /** What was reported so far. */
  public synchronized List<Event> reported() {
    return List.copyOf(reported);
  }

  /** Messages and jumps of one channel. */
  public List<Event> deliveries(String channel) {
    Predicate<Event> isDelivery =
        event ->
            switch (event) {
              case Event.Got got -> got.channel().equals(channel);
              case Event.Jump jump -> jump.channel().equals(channel);
              default -> false;
            };
    return reported().stream().filter(isDelivery).toList();
  }

  /** Reports of one kind, of one channel where they have one. */
  public <E extends Event> List<E> all(Class<E> kind) {
    return reported().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The state it is in, empty before the first. */
  public String state() {
    List<Event.State> states = all(Event.State.class);
    return states.isEmpty() ? "" : states.getLast().state();
  }

  /** How often it has connected. */
  public int connections() {
    return (int)
        all(Event.State.class).stream().filter(one -> one.state().equals(CONNECTED)).count();
  }

  /** Whether it is connected, as it says. */
  public boolean isConnected() {
    return state().equals(CONNECTED);
  }

  /** Connects; returns when it is connected. */
  public Client connect(URI gateway, URI tokens) throws InterruptedException {
    driver.ask(command("connect").put("url", gateway.toString()).put("tokens", tokens.toString()));
    return this;
  }

  /** Asks for the connection now, as an application does that learns that the network is back. */
  public void retry() throws InterruptedException {
    driver.ask(command("retry"));
  }

  /** How a subscription is begun. */
  public record How(@Nullable String cipher, int slowMillis, int buffer) {
    /** Nothing special. */
    public static final How PLAIN = new How(null, 0, 0);
  }

  /** Subscribes; returns when the gateway has begun it. */
  public void subscribe(String channel, How how) throws InterruptedException {
    ObjectNode command = command("subscribe").put("channel", channel).put("cipher", how.cipher());
    driver.ask(command.put("slowMillis", how.slowMillis()).put("buffer", how.buffer()));
  }

  /** Publishes each id as a message of its own, whose data is that id too; does not wait. */
  public void publish(String channel, List<String> ids, @Nullable String cipher)
      throws InterruptedException {
    ObjectNode command = command("publish").put("channel", channel).put("cipher", cipher);
    ids.forEach(command.putArray("ids")::add);
    driver.ask(command);
  }

  /** Enters; returns when it is told so. */
  public void enter(String channel) throws InterruptedException {
    driver.ask(command("presence").put("channel", channel).put("action", "enter"));
  }

  /** Leaves; returns when it is told so. */
  public void leave(String channel) throws InterruptedException {
    driver.ask(command("presence").put("channel", channel).put("action", "leave"));
  }

  /** From now on its members are reported. */
  public void watch(String channel) throws InterruptedException {
    driver.ask(command("presence").put("channel", channel).put("action", "watch"));
  }

  /** All that the SDK reads of a channel, the oldest first. */
  public List<Sent> history(String channel) throws InterruptedException {
    List<Sent> all = new ArrayList<>();
    for (JsonNode item : driver.ask(command("history").put("channel", channel)).path("items")) {
      all.add(new Sent(item.path("id").asText(), Reports.place(item)));
    }
    return all;
  }

  /** Closes it for good. */
  public void close() throws InterruptedException {
    driver.ask(command("close"));
    driver.forget(name);
  }

  private ObjectNode command(String what) {
    return Driver.JSON.createObjectNode().put("do", what).put("client", name);
  }
}

package io.tidegate.scenarios.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program that does with one SDK what it is told: a JSON object a line in, and out. The lines are
 * described in {@code scenarios/README.md}. Any thread.
 */
public final class Driver implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** Ample: what is asked waits for a connection, on a busy machine, while nodes are away. */
  private static final int REPLY_SECONDS = 120;

  private final Process process;
  private final OutputStream out;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final Map<String, Client> clients = new ConcurrentHashMap<>();
  private final Queue<String> uncaught = new ConcurrentLinkedQueue<>();

  /** Starts it; what it says beside the protocol goes to the log. */
  public Driver(List<String> command, Path log) throws IOException {
    this.process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    this.out = process.getOutputStream();
    Thread.ofVirtual().start(this::read);
  }

  /** A client of that name, which {@link Client#connect} begins. */
  public Client client(String name) {
    Client client = new Client(this, name);
    if (clients.putIfAbsent(name, client) != null) {
      throw new IllegalArgumentException("there is a client of that name: " + name);
    }
    return client;
  }

  void forget(String name) {
    clients.remove(name);
  }

  /** Does it and answers what it replies. */
  JsonNode ask(ObjectNode command) throws InterruptedException {
    long number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    asked.put(number, reply);
    try {
      byte[] line = (command.put("id", number) + "\n").getBytes(StandardCharsets.UTF_8);
      synchronized (out) {
        out.write(line);
        out.flush();
      }
      JsonNode said = reply.get(REPLY_SECONDS, TimeUnit.SECONDS);
      if (said.has("error")) {
        throw new IllegalStateException(command + " failed: " + said.get("error"));
      }
      return said;
    } catch (IOException | ExecutionException | TimeoutException e) {
      throw new IllegalStateException("no reply to " + command, e);
    } finally {
      asked.remove(number);
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(JSON.readTree(line));
      }
    } catch (IOException e) {
      System.err.println("a driver's line cannot be read: " + e);
    }
    asked.values().forEach(reply -> reply.completeExceptionally(new IOException("it has ended")));
  }

  /** What the SDK has thrown since this was asked last, where nobody could catch it. */
  public List<String> uncaught() {
    List<String> all = new ArrayList<>();
    for (String one = uncaught.poll(); one != null; one = uncaught.poll()) {
      all.add(one);
    }
    return all;
  }

  private void take(JsonNode line) {
    if (line.has("re")) {
      CompletableFuture<JsonNode> reply = asked.get(line.get("re").asLong());
      if (reply != null) {
        reply.complete(line);
      }
      return;
    }
    if (line.path("event").asText().equals("uncaught")) {
      uncaught.add("uncaught: " + line.path("error").asText());
      return;
    }
    Client client = clients.get(line.path("client").asText());
    if (client != null) {
      client.take(Reports.read(line));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}

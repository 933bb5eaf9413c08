package io.tidegate.scenarios.driver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidegate.sdk.TidegateException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Does with sdk-java what the lines on its standard input say. */
public final class JavaDriver {
  private final OutputStream out = new FileOutputStream(FileDescriptor.out);
  private final Map<String, JavaClient> clients = new ConcurrentHashMap<>();

  private JavaDriver() {}

  /** Runs until its standard input ends. */
  public static void main(String[] none) throws IOException {
    new JavaDriver().run();
    System.exit(0);
  }

  private void run() throws IOException {
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught(thrown));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode command = Driver.JSON.readTree(line);
      CompletableFuture<ObjectNode> done = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> carryOut(command, done));
      done.whenComplete((reply, failure) -> reply(command, reply, failure));
    }
  }

  /** Each command on a thread of its own: it may wait. Who wants an order waits for replies. */
  private void carryOut(JsonNode command, CompletableFuture<ObjectNode> done) {
    String name = command.path("client").asText();
    try {
      JavaClient client =
          switch (command.path("do").asText()) {
            case "connect" ->
                clients.computeIfAbsent(name, made -> new JavaClient(made, command, this::say));
            // The next run has one of the same name, with another gateway before it.
            case "close" -> clients.remove(name);
            default -> clients.get(name);
          };
      if (client == null) {
        throw new IllegalStateException("no client is called " + name);
      }
      done.complete(client.carryOut(command));
    } catch (Exception e) {
      done.completeExceptionally(e);
    }
  }

  private void uncaught(Throwable thrown) {
    thrown.printStackTrace();
    say(Driver.JSON.createObjectNode().put("event", "uncaught").put("error", thrown.toString()));
  }

  private void reply(JsonNode command, @Nullable ObjectNode reply, @Nullable Throwable failure) {
    ObjectNode line = reply == null ? Driver.JSON.createObjectNode() : reply;
    line.put("re", command.path("id").asLong());
    if (failure != null) {
      error(line.putObject("error"), failure);
    }
    say(line);
  }

  /** Code and message; code 0 when it is none of the SDK's own. */
  static void error(ObjectNode into, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    into.put("code", cause instanceof TidegateException refused ? refused.code() : 0);
    into.put("message", cause.toString());
  }

  private void say(ObjectNode line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (out) {
      try {
        out.write(bytes);
        out.flush();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

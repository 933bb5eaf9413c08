package io.tidegate.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of its own that runs an embedded server, so that a test can end it by kill -9. */
final class StartedGateway implements AutoCloseable {
  private final Process process;

  private StartedGateway(Process process) {
    this.process = process;
  }

  /** Returns when its database is up. */
  static StartedGateway over(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartedGateway.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.equals("up")) {
        return new StartedGateway(process);
      }
    }
    throw new IllegalStateException("the gateway's database did not start");
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  public static void main(String[] args) throws InterruptedException {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(Path.of(args[0]))) {
      System.out.println("up");
      Thread.currentThread().join();
    }
  }
}

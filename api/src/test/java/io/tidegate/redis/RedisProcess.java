package io.tidegate.redis;

import io.tidegate.TestPorts;
import io.tidegate.e2e.Needed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Redis server on a port of its own; the same port and folder after a restart. */
public final class RedisProcess implements AutoCloseable {
  private static final int START_SECONDS = 120;
  private static final int ATTEMPTS = 10;
  private static final int ANSWER_MILLIS = 2_000;

  private final int port;
  private final Path folder;
  private final List<String> options;
  private Process process;

  private RedisProcess(int port, Path folder, List<String> options) throws IOException {
    this.port = port;
    this.folder = folder;
    this.options = options;
    this.process = launch();
  }

  /** Keeps nothing when it ends, unless the options say otherwise. */
  public static RedisProcess start(String... options) {
    for (int attempt = 1; ; attempt++) {
      try {
        Path folder =
            Files.createTempDirectory(Files.createDirectories(Path.of("target")), "redis");
        return new RedisProcess(TestPorts.free(), folder, List.of(options));
      } catch (IOException e) {
        // Somebody took the port meanwhile.
        if (attempt == ATTEMPTS) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  public Path folder() {
    return folder;
  }

  public long pid() {
    return process.pid();
  }

  /** kill -9; the kernel has ended it when this returns. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** After {@link #kill}: with what it had saved. */
  public void restart() {
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }

  private Process launch() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Needed.program("redis-server").toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toAbsolutePath().toString(),
                "--save",
                "",
                "--daemonize",
                "no"));
    command.addAll(options);
    Process started =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.out").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (!started.isAlive() || System.nanoTime() > end) {
        throw new IOException("redis-server did not start: " + folder.resolve("redis.out"));
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
    return started;
  }

  /** Connections alone are taken before it knows whether it gets the port of its cluster's bus. */
  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() != -1;
    } catch (IOException e) {
      return false;
    }
  }
}

package io.tidegate.faults.world;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Redis server of the run's own, on one port and one folder; it saves nothing by itself. */
public final class RedisServer implements AutoCloseable {
  private static final int START_SECONDS = 30;

  private final Path program;
  private final Path folder;
  private final int port = Ports.free();
  private Process process;

  RedisServer(Path folder) throws IOException, InterruptedException {
    this.program =
        program().orElseThrow(() -> new IllegalStateException("no redis-server on the PATH"));
    this.folder = Files.createDirectories(folder.toAbsolutePath());
    this.process = launch();
  }

  /** The server's program, if there is one on the PATH. */
  public static Optional<Path> program() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(path)
        .flatMap(dir -> Stream.of("redis-server", "valkey-server").map(Path.of(dir)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  int port() {
    return port;
  }

  /** kill -9; it is gone when this returns. */
  public void kill9() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** With what {@link #save} has kept. */
  public void start() throws IOException, InterruptedException {
    process = launch();
  }

  /** A copy of what it holds now, which a restart begins with. */
  public void save() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write("SAVE\r\n".getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readNBytes(5), StandardCharsets.US_ASCII);
      if (!answer.startsWith("+OK")) {
        throw new IOException("SAVE: " + answer);
      }
    }
  }

  /** Drops what {@link #save} has kept: a restart begins with nothing. */
  public void forget() throws IOException {
    Files.deleteIfExists(folder.resolve("dump.rdb"));
  }

  /** Such as {@code STOP}. */
  public void signal(String name) throws InterruptedException {
    Signals.send(name, List.of(process.pid()));
  }

  private Process launch() throws IOException, InterruptedException {
    Process started =
        new ProcessBuilder(
                program.toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--daemonize",
                "no")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("redis.out").toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Ports.answers(port)) {
      if (!started.isAlive() || System.nanoTime() > end) {
        throw new IOException("redis-server does not start: " + folder.resolve("redis.out"));
      }
      Thread.sleep(20);
    }
    return started;
  }

  @Override
  public void close() {
    kill9();
  }
}

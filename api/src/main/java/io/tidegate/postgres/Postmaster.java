package io.tidegate.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One running postmaster: a child process with durable settings given on its command line. */
final class Postmaster {
  private static final long READY_POLL_MILLIS = 10;
  private static final long FAST_STOP_SECONDS = 20;

  /**
   * Given on the command line, so that neither postgresql.conf nor ALTER SYSTEM overrides them.
   * zonky's own defaults are fsync off and synchronous_commit off.
   */
  private static final List<String> SETTINGS =
      List.of(
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=100",
          "shared_buffers=256MB",
          "max_wal_size=2GB",
          "max_locks_per_transaction=256",
          "timezone=UTC",
          "log_timezone=UTC",
          "logging_collector=on",
          "log_directory=log",
          "log_filename=postgresql-%a.log",
          "log_truncate_on_rotation=on",
          "log_rotation_age=1d",
          "log_rotation_size=0");

  private final PostgresBinaries binaries;
  private final RunAs runAs;
  private final Process process;

  private Postmaster(PostgresBinaries binaries, RunAs runAs, Process process) {
    this.binaries = binaries;
    this.runAs = runAs;
    this.process = process;
  }

  /** Starts it and returns when it accepts connections, crash recovery included. */
  static Postmaster start(PostgresBinaries binaries, RunAs runAs, DataFolder data)
      throws IOException, InterruptedException {
    if (!DataFolder.isFree(data.port())) {
      throw new DatabaseStartException(
          "Port "
              + data.port()
              + " of the embedded PostgreSQL is taken by another program: stop it, or delete "
              + data.root().resolve("port")
              + " to have another port chosen.");
    }
    List<String> words = new ArrayList<>(ownSession());
    words.addAll(List.of(binaries.program("postgres"), "-D", data.cluster().toString()));
    words.addAll(List.of("-p", Integer.toString(data.port())));
    for (String setting : SETTINGS) {
      words.addAll(List.of("-c", setting));
    }
    Path startLog = data.root().resolve("start.log");
    ProcessBuilder builder =
        new ProcessBuilder(runAs.command(words.toArray(String[]::new)))
            .redirectErrorStream(true)
            .redirectOutput(startLog.toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().put("LC_ALL", "C");
    Postmaster postmaster = new Postmaster(binaries, runAs, builder.start());
    try {
      postmaster.awaitReady(data.cluster(), startLog);
      return postmaster;
    } catch (IOException | InterruptedException e) {
      postmaster.process.destroyForcibly();
      throw e;
    }
  }

  /** Ctrl-C in a terminal reaches the gateway alone, which stops the database as its last act. */
  private static List<String> ownSession() {
    return Files.isExecutable(Path.of("/usr/bin/setsid")) ? List.of("/usr/bin/setsid") : List.of();
  }

  private void awaitReady(Path cluster, Path startLog) throws IOException, InterruptedException {
    while (!process.waitFor(READY_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      PidFile pidFile = PidFile.read(cluster);
      if (pidFile.pid() == process.pid() && pidFile.ready()) {
        return;
      }
    }
    String said = new String(Files.readAllBytes(startLog), StandardCharsets.UTF_8).strip();
    throw new DatabaseStartException("The embedded PostgreSQL did not start: " + said);
  }

  long pid() {
    return process.pid();
  }

  void awaitExit() throws InterruptedException {
    process.waitFor();
  }

  /** Ends all sessions, writes a checkpoint and returns when it is down. */
  void stop() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      return;
    }
    signal("INT");
    if (!process.waitFor(FAST_STOP_SECONDS, TimeUnit.SECONDS)) {
      signal("QUIT");
      process.waitFor();
    }
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder(
            runAs.command(binaries.program("pg_ctl"), "kill", name, Long.toString(process.pid())))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}

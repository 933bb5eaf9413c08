package io.tidegate.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops what a gateway ended by kill -9 has left running on a cluster; the folder is locked. */
final class Leftover {
  private static final Logger LOG = LoggerFactory.getLogger(Leftover.class);
  private static final long DEATH_SECONDS = 10;
  private static final long POLL_MILLIS = 5;

  private Leftover() {}

  static void stop(PostgresBinaries binaries, RunAs runAs, Path cluster)
      throws IOException, InterruptedException {
    Optional<ProcessHandle> postmaster = runningPostmaster(cluster);
    if (postmaster.isPresent()) {
      LOG.info("Stopping the PostgreSQL (pid {}) an earlier gateway left", postmaster.get().pid());
      pgCtlStop(binaries, runAs, cluster);
    }
    for (ProcessHandle process : processesIn(cluster)) {
      process.destroyForcibly();
      awaitDeath(process);
    }
  }

  private static Optional<ProcessHandle> runningPostmaster(Path cluster) throws IOException {
    long pid = PidFile.read(cluster).pid();
    return pid <= 0 ? Optional.empty() : ProcessHandle.of(pid).filter(Leftover::isPostgres);
  }

  static boolean isPostgres(ProcessHandle process) {
    return process.info().command().map(c -> c.endsWith("/bin/postgres")).orElse(false);
  }

  private static void pgCtlStop(PostgresBinaries binaries, RunAs runAs, Path cluster)
      throws IOException, InterruptedException {
    new ProcessBuilder(
            runAs.command(
                binaries.program("pg_ctl"),
                "stop",
                "-D",
                cluster.toString(),
                "-m",
                "fast",
                "-t",
                Long.toString(DEATH_SECONDS)))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** PostgreSQL's processes work in the cluster's folder; seen on Linux only. */
  private static List<ProcessHandle> processesIn(Path cluster) {
    return ProcessHandle.allProcesses()
        .filter(Leftover::isPostgres)
        .filter(process -> worksIn(process, cluster))
        .toList();
  }

  private static boolean worksIn(ProcessHandle process, Path cluster) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd")).equals(cluster);
    } catch (IOException goneOrNoProc) {
      return false;
    }
  }

  /** A process that nobody reaps stays listed as a zombie, but has no program any more. */
  private static void awaitDeath(ProcessHandle process) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEATH_SECONDS);
    while (isPostgres(process)) {
      if (System.nanoTime() - deadline > 0) {
        throw new DatabaseStartException("PostgreSQL process " + process.pid() + " does not end");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}

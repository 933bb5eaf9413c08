package io.tidegate.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files of the database: made once by initdb, with a password and UTF-8 everywhere. */
final class Cluster {
  private Cluster() {}

  static void prepare(PostgresBinaries binaries, RunAs runAs, DataFolder data, String user)
      throws IOException, InterruptedException {
    if (Files.isDirectory(data.cluster())) {
      checkVersion(binaries, runAs, data.cluster());
      runAs.own(data.cluster());
      return;
    }
    Path unfinished = data.root().resolve("cluster-unfinished");
    PostgresBinaries.deleteTree(unfinished);
    Files.createDirectory(unfinished);
    runAs.own(unfinished);
    data.password();
    runAs.own(data.passwordFile());
    run(
        runAs,
        binaries.program("initdb"),
        "-D",
        unfinished.toString(),
        "-U",
        user,
        "--pwfile=" + data.passwordFile(),
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8");
    Files.move(unfinished, data.cluster(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void checkVersion(PostgresBinaries binaries, RunAs runAs, Path cluster)
      throws IOException, InterruptedException {
    String kept = Files.readString(cluster.resolve("PG_VERSION")).strip();
    String bundled = run(runAs, binaries.program("postgres"), "--version");
    if (!bundled.matches(".* " + kept + "\\..*")) {
      throw new DatabaseStartException(
          "The data in "
              + cluster
              + " belongs to PostgreSQL "
              + kept
              + ", bundled is "
              + bundled
              + ": dump it with the gateway that made it and load it into a new data folder.");
    }
  }

  private static String run(RunAs runAs, String... words) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(runAs.command(words)).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new DatabaseStartException(Path.of(words[0]).getFileName() + " failed: " + said);
    }
    return said;
  }
}

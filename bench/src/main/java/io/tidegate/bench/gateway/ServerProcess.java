package io.tidegate.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The gateway's process and, where its data folder is known, its embedded database's. */
public final class ServerProcess {
  private static final int DATA_DEPTH = 4;

  private final long pid;
  private final Optional<Path> data;

  /**
   * @param pid of the gateway
   * @param data TIDEGATE_DATA, below which the embedded database lives
   */
  public ServerProcess(long pid, Optional<Path> data) {
    this.pid = pid;
    this.data = data;
  }

  /** CPU seconds of the gateway so far; a hundredth is the finest step. */
  public double cpuSeconds() {
    return ProcFs.cpuSeconds(pid);
  }

  /** CPU seconds of the embedded database so far; 0 where there is none. */
  public double databaseCpuSeconds() {
    return postmaster().map(ProcFs::cpuSecondsWithChildren).orElse(0.0);
  }

  /** Resident bytes of the gateway. */
  public long residentBytes() {
    return ProcFs.residentBytes(pid);
  }

  /** Bytes of live objects, after the full collection that counting them takes. */
  public long liveHeapBytes() {
    String histogram = jcmd("GC.class_histogram");
    String total = histogram.substring(histogram.lastIndexOf("Total"));
    String[] words = total.strip().split("\\s+");
    return Long.parseLong(words[2]);
  }

  /** Collects garbage, twice, so that what cleaners free is gone too. */
  public void collectGarbage() {
    jcmd("GC.run");
    jcmd("GC.run");
  }

  /** The JDK's own word on the heap, for the log. */
  public String heapInfo() {
    return jcmd("GC.heap_info").lines().skip(1).findFirst().orElse("").strip();
  }

  private String jcmd(String command) {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      // A file, not a pipe: the JVM writes at a safepoint and would stand still on a full pipe.
      Path out = Files.createTempFile("jcmd-", ".txt");
      Process process =
          new ProcessBuilder(tool, Long.toString(pid), command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      int code = process.waitFor();
      String text = Files.readString(out);
      Files.delete(out);
      if (code != 0) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "jcmd %s failed: %s", command, text));
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Optional<Long> postmaster() {
    if (data.isEmpty()) {
      return Optional.empty();
    }
    try (Stream<Path> found =
        Files.find(data.get(), DATA_DEPTH, (path, a) -> path.endsWith(Path.of("postmaster.pid")))) {
      Optional<Path> file = found.findFirst();
      return file.isEmpty()
          ? Optional.empty()
          : Optional.of(Long.parseLong(Files.readAllLines(file.get()).getFirst().strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.tidegate.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The gateway's process and, where its data folder is known, its embedded database's. */
public final class ServerProcess {
  private static final int DATA_DEPTH = 4;

  /** Where native memory tracking counts direct buffers; a JVM that has none leaves it out. */
  private static final Pattern OTHER =
      Pattern.compile("Other \\(reserved=[0-9]+KB, committed=([0-9]+)KB\\)");

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

  /** Open files and sockets of the gateway. */
  public int descriptors() {
    return ProcFs.descriptors(pid);
  }

  /** Platform threads of the gateway. */
  public int threads() {
    return ProcFs.threads(pid);
  }

  /**
   * Bytes of buffers outside the heap; empty unless its JVM was started with {@code
   * -XX:NativeMemoryTracking=summary}.
   */
  public OptionalLong directBytes() {
    Matcher other = OTHER.matcher(jcmd("VM.native_memory", "summary"));
    return other.find()
        ? OptionalLong.of(Long.parseLong(other.group(1)) * 1024)
        : OptionalLong.empty();
  }

  /** Bytes of live objects, after the full collection that counting them takes. */
  public long liveHeapBytes() {
    String histogram = jcmd("GC.class_histogram");
    String total = histogram.substring(histogram.lastIndexOf("Total"));
    String[] words = total.strip().split("\\s+");
    return Long.parseLong(words[2]);
  }

  /**
   * Collects garbage and gives the heap's free part back to the system, so that resident memory
   * says what is needed: a heap with room to spare would take in thousands of connections unseen.
   * Twice, so that what cleaners free is gone too.
   */
  public void shrink() {
    jcmd("VM.set_flag", "MinHeapFreeRatio", "0");
    jcmd("VM.set_flag", "MaxHeapFreeRatio", "5");
    jcmd("GC.run");
    jcmd("GC.run");
    jcmd("VM.set_flag", "MaxHeapFreeRatio", "70");
    jcmd("VM.set_flag", "MinHeapFreeRatio", "40");
  }

  /** The JDK's own word on the heap, for the log. */
  public String heapInfo() {
    return jcmd("GC.heap_info").lines().skip(1).findFirst().orElse("").strip();
  }

  private String jcmd(String... command) {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    List<String> line = new ArrayList<>(List.of(tool, Long.toString(pid)));
    line.addAll(List.of(command));
    try {
      // A file, not a pipe: the JVM writes at a safepoint and would stand still on a full pipe.
      Path out = Files.createTempFile("jcmd-", ".txt");
      Process process =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile()).start();
      int code = process.waitFor();
      String text = Files.readString(out);
      Files.delete(out);
      if (code != 0) {
        throw new IllegalStateException(String.format(Locale.ROOT, "%s failed: %s", line, text));
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

package io.tidegate.bench.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Nodes of the generator's own with a PostgreSQL and a Redis, as {@code make cluster} starts them:
 * fresh data, free ports, ended with the run.
 */
public final class ClusterProcess implements Gateway {
  /** PostgreSQL, Redis, a first node, the others. */
  private static final Duration READY_WITHIN = Duration.ofSeconds(300);

  /** Nodes drain for 30 s at most, at the same time, then Redis and PostgreSQL end. */
  private static final Duration GONE_WITHIN = Duration.ofSeconds(100);

  /** Which program the Redis is, where it is not the one on the PATH. */
  private static final String REDIS_SERVER = "TIDEGATE_REDIS_SERVER";

  private final JarProcess launcher;
  private final ClusterFile file;

  /** Of the nodes, in their order, and of what they stand on. */
  private final List<ProcessHandle> processes;

  private ClusterProcess(JarProcess launcher, ClusterFile file) {
    this.launcher = launcher;
    this.file = file;
    processes = file.pids().stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
  }

  /**
   * Starts so many nodes and waits until all are ready.
   *
   * @param flags for their JVMs
   * @param work folder for data and log
   */
  public static ClusterProcess start(Path jar, List<String> flags, int nodes, Path work)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(Map.of("TIDEGATE_PORT", "0"));
    Optional.ofNullable(System.getenv(REDIS_SERVER))
        .ifPresent(program -> environment.put(REDIS_SERVER, program));
    // With its parent: a generator that is killed leaves nothing running.
    List<String> words = List.of("cluster", Integer.toString(nodes), "--with-parent");
    JarProcess launcher =
        JarProcess.start(new JarProcess.Launch(jar, flags, words, environment, work, GONE_WITHIN));
    launcher.await(() -> ClusterFile.isIn(launcher.data()), READY_WITHIN);
    return new ClusterProcess(launcher, ClusterFile.in(launcher.data()));
  }

  @Override
  public InetSocketAddress address() {
    return file.nodes().getFirst().address();
  }

  @Override
  public String operatorToken() {
    return launcher.operatorToken();
  }

  @Override
  public Optional<ServerProcess> process() {
    return file.nodes().getFirst().process();
  }

  @Override
  public Optional<ServerMetrics> metrics() {
    return file.nodes().getFirst().metrics();
  }

  @Override
  public List<Node> everyNode() {
    return file.nodes();
  }

  @Override
  public Optional<ServerProcess> link() {
    return file.redis();
  }

  @Override
  public void kill(int node) {
    processes.get(node).destroyForcibly();
  }

  /** Whether all of it lives, so that another scenario may be run on it. */
  public boolean isWhole() {
    return processes.size() == file.pids().size()
        && processes.stream().allMatch(ProcessHandle::isAlive);
  }

  /** What a launcher that had to be killed has left is killed too. */
  @Override
  public void close() {
    launcher.close();
    processes.forEach(ProcessHandle::destroyForcibly);
  }
}

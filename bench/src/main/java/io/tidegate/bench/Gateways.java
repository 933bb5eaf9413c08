package io.tidegate.bench;

import io.tidegate.bench.gateway.ClusterProcess;
import io.tidegate.bench.gateway.Gateway;
import io.tidegate.bench.gateway.GatewayProcess;
import io.tidegate.bench.gateway.RunningGateway;
import io.tidegate.bench.scenario.Setting;
import io.tidegate.bench.scenario.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateways of a run come from. A node of its own is fresh each time; a cluster takes
 * longer to start, so that it is kept for the next scenario that wants as many nodes, as long as
 * all of them live.
 */
final class Gateways implements AutoCloseable {
  /** The flags every JVM of the project runs with. */
  private static final String FLAGS =
      "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
          + " -XX:+UseCompactObjectHeaders";

  static final List<Setting> SETTINGS =
      List.of(
          new Setting("jar", "api/target/tidegate.jar", "the gateway to start"),
          new Setting("flags", FLAGS, "of the gateway's JVM"),
          new Setting("more-flags", "", "of the gateway's JVM, added"),
          new Setting("work", "bench/target/run", "folder for the gateway's data and log"),
          new Setting("nodes", "", "nodes to start, several with a Redis; empty: as it needs"),
          new Setting("url", "", "a running gateway, not started or ended here"),
          new Setting("others", "", "addresses of its other nodes, by comma: http://host:port"),
          new Setting("pid", "0", "its process, for CPU and memory"));

  private static final String OPERATOR_TOKEN = "TIDEGATE_OPERATOR_TOKEN";

  private @Nullable ClusterProcess kept;

  /** What {@link #kept} was started with. */
  private List<String> keptFor = List.of();

  /** A gateway of as many nodes as are chosen, at least {@code least}; {@link #release} follows. */
  Gateway open(Settings settings, int least) throws IOException, InterruptedException {
    if (!settings.text("url").isEmpty()) {
      return enough(running(settings), least);
    }
    String chosen = settings.text("nodes");
    int nodes = chosen.isEmpty() ? least : settings.number("nodes");
    if (nodes < least) {
      throw new IllegalArgumentException("--nodes wants " + least + " or more");
    }
    Path jar = Path.of(settings.text("jar"));
    String flags = settings.text("flags") + " " + settings.text("more-flags");
    List<String> words = List.of(flags.strip().split("\\s+"));
    Path work = Path.of(settings.text("work"));
    if (nodes == 1) {
      return GatewayProcess.start(jar, words, work);
    }
    List<String> wanted = Stream.concat(Stream.of(jar + " " + nodes), words.stream()).toList();
    if (kept == null || !keptFor.equals(wanted) || !kept.isWhole()) {
      close();
      kept = ClusterProcess.start(jar, words, nodes, work);
      keptFor = wanted;
    }
    return kept;
  }

  /** Ends it, unless another scenario may want it. */
  void release(Gateway gateway) {
    if (gateway != kept) {
      gateway.close();
    }
  }

  /** Ends what was kept. */
  @Override
  public void close() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }

  private static Gateway running(Settings settings) {
    String token =
        Objects.requireNonNull(
            System.getenv(OPERATOR_TOKEN), "--url needs " + OPERATOR_TOKEN + " in the environment");
    List<URI> others =
        Stream.of(settings.text("others").split(","))
            .filter(url -> !url.isBlank())
            .map(url -> URI.create(url.strip()))
            .toList();
    return RunningGateway.at(
        URI.create(settings.text("url")), others, token, settings.number("pid"));
  }

  private static Gateway enough(Gateway gateway, int least) {
    if (gateway.everyNode().size() < least) {
      throw new IllegalArgumentException("it takes " + least + " nodes: --others names more");
    }
    return gateway;
  }
}

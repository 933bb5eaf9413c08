package io.tidegate.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFileTest {
  private static final long SELF = ProcessHandle.current().pid();

  @Test
  void whatRunsIsReadFromTheFile(@TempDir Path data) throws Exception {
    assertThat(ClusterFile.isIn(data)).isFalse();
    write(data, Long.toString(SELF));
    assertThat(ClusterFile.isIn(data)).isTrue();
    ClusterFile file = ClusterFile.in(data);
    assertThat(file.nodes())
        .extracting(Node::address)
        .containsExactly(
            new InetSocketAddress("127.0.0.1", 8080), new InetSocketAddress("127.0.0.1", 8082));
    assertThat(file.nodes()).allMatch(node -> node.metrics().isPresent());
    assertThat(file.nodes().getLast().process().orElseThrow().cpuSeconds()).isPositive();
    assertThat(file.redis().orElseThrow().cpuSeconds()).isPositive();
    assertThat(file.pids()).containsExactly(SELF, SELF, SELF, 7L);
  }

  @Test
  void aRedisThatRanBeforeIsNobodys(@TempDir Path data) throws Exception {
    write(data, "null");
    assertThat(ClusterFile.in(data).redis()).isEmpty();
    assertThat(ClusterFile.in(data).pids()).containsExactly(SELF, SELF, 7L);
  }

  @Test
  void theDatabaseIsCountedOnce(@TempDir Path data) throws Exception {
    write(data, "null");
    Path cluster = Files.createDirectories(data.resolve("postgres").resolve("18"));
    Files.writeString(cluster.resolve("postmaster.pid"), SELF + "\n/somewhere\n");
    ClusterFile file = ClusterFile.in(data);
    assertThat(file.nodes().getFirst().process().orElseThrow().databaseCpuSeconds()).isPositive();
    assertThat(file.nodes().getLast().process().orElseThrow().databaseCpuSeconds()).isZero();
  }

  private static void write(Path data, String redisPid) throws Exception {
    Files.writeString(
        data.resolve("cluster.json"),
        """
        {"nodes": [
            {"url": "http://127.0.0.1:8080", "managementUrl": "http://127.0.0.1:8081", "pid": %1$d},
            {"url": "http://127.0.0.1:8082", "managementUrl": "http://127.0.0.1:8083", "pid": %1$d}],
          "redis": {"url": "redis://127.0.0.1:6379", "pid": %2$s},
          "postgres": {"url": "postgresql://127.0.0.1:5432", "pid": 7},
          "operatorToken": "tgo_x"}
        """
            .formatted(SELF, redisPid));
  }
}

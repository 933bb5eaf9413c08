package io.tidegate.bench.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
  private static final long SELF = ProcessHandle.current().pid();

  @Test
  void cpuTimeIsThatOfTheProcess() {
    ServerProcess self = new ServerProcess(SELF, Optional.empty());
    double before = self.cpuSeconds();
    long end = System.nanoTime() + 300_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    // Not all of it where other processes share the core.
    assertThat(self.cpuSeconds() - before).isBetween(0.02, 5.0);
    assertThat(self.databaseCpuSeconds()).isZero();
  }

  @Test
  void memoryIsMeasuredInBytes() {
    ServerProcess self = new ServerProcess(SELF, Optional.empty());
    self.shrink();
    assertThat(self.liveHeapBytes()).isBetween(100_000L, 1_000_000_000L);
    assertThat(self.residentBytes()).isGreaterThan(self.liveHeapBytes());
    assertThat(self.heapInfo()).isNotEmpty();
  }

  @Test
  void theEmbeddedDatabaseIsFoundByItsPidFile(@TempDir Path data) throws Exception {
    Path cluster = Files.createDirectories(data.resolve("pg").resolve("18"));
    Files.writeString(cluster.resolve("postmaster.pid"), SELF + "\n/somewhere\n");
    ServerProcess server = new ServerProcess(SELF, Optional.of(data));
    assertThat(server.databaseCpuSeconds()).isPositive();
  }
}

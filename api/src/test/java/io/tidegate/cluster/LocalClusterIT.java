package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidegate.e2e.Needed;
import io.tidegate.e2e.client.Client;
import io.tidegate.e2e.client.Transport;
import io.tidegate.e2e.gateway.ClusterProcess;
import io.tidegate.e2e.rest.ProcessTest;
import io.tidegate.e2e.rest.TestApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code make cluster}: one command, and nothing is left of it afterwards. */
@ProcessTest
final class LocalClusterIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @SuppressWarnings("NullAway.Init")
  private ClusterProcess cluster;

  @BeforeAll
  void start() {
    Needed.program("redis-server");
    cluster = ClusterProcess.start("cluster", 2);
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  /** In one test, since starting takes long. */
  @Test
  void nodesAreOneAndNothingIsLeftOfThemHoweverTheyEnd() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster.fileItself())))
        .isEqualTo("rw-------");
    assertThat(cluster.pids()).hasSize(4).doesNotHaveDuplicates().allMatch(ClusterProcess::runs);
    whatOnePublishesTheOtherDelivers();

    List<Long> left = cluster.pids();
    cluster.signal("KILL");
    cluster.awaitEnd();
    assertThat(left).allMatch(ClusterProcess::runs);
    cluster.startAgain();
    assertThat(left).noneMatch(ClusterProcess::runs);
    whatOnePublishesTheOtherDelivers();

    List<Long> now = cluster.pids();
    ClusterProcess.signal("KILL", now.getFirst());
    await()
        .atMost(PATIENCE)
        .until(() -> cluster.output().contains("(pid " + now.getFirst() + ") HAS DIED"));
    assertThat(now.subList(1, now.size())).allMatch(ClusterProcess::runs);

    cluster.signal("INT");
    assertThat(cluster.awaitEnd()).as(cluster.output()).isZero();
    assertThat(now).noneMatch(ClusterProcess::runs);
    assertThat(cluster.fileItself()).doesNotExist();
  }

  private void whatOnePublishesTheOtherDelivers() {
    TestApp first = TestApp.create(cluster.node(0), "Local cluster");
    TestApp second = first.at(cluster.node(1));
    first.namespace("durable", "{'pattern':'durable:*','durability':'durable'}");
    try (Client there = Transport.WEBSOCKET.open(second, "window:1", "durable:1")) {
      for (String channel : List.of("window:1", "durable:1")) {
        first.publisher().numbers(channel, 20);
        there.frames().awaitSeq(channel, 20);
      }
    }
  }
}

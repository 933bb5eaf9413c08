package io.tidegate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.settings.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanTest {
  private static final Ports AT = new Ports(18_080, 18_081);
  private static final Database OWN =
      new Database("jdbc:postgresql://127.0.0.1:5432/tidegate", "tidegate", "p@ss word");

  private final Path data;

  PlanTest(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void secretsAreMadeOnceWhoeverBringsTheDatabase() {
    Map<String, String> first = node(plan(Map.of(), "2"));
    Map<String, String> again =
        node(plan(Map.of("TIDEGATE_DATABASE_URL", "postgresql://u:p@127.0.0.1:1/other"), "2"));

    for (String secret : List.of("TIDEGATE_OPERATOR_TOKEN", "TIDEGATE_MASTER_KEY")) {
      assertThat(again.get(secret)).isNotBlank().isEqualTo(first.get(secret));
    }
    assertThat(data.resolve("secrets").resolve("operator-token")).isRegularFile();
  }

  @Test
  void whatIsGivenGoesToTheNodesAndFilesBecomeWhatTheyHold() throws IOException {
    String token = "tgo_Vb3kQz81mXw5Tn7RcY2pLs9GhJ4dFaUe6o";
    Path file = Files.writeString(data.resolve("token"), token + "\n");

    Map<String, String> node =
        node(
            plan(
                Map.of(
                    "TIDEGATE_OPERATOR_TOKEN_FILE",
                    file.toString(),
                    "TIDEGATE_PORT",
                    "9000",
                    "TIDEGATE_MANAGEMENT_PORT",
                    "9000",
                    "TIDEGATE_LOG_FORMAT",
                    "json"),
                "2"));

    assertThat(node)
        .containsEntry("TIDEGATE_OPERATOR_TOKEN", token)
        .doesNotContainKey("TIDEGATE_OPERATOR_TOKEN_FILE")
        .containsEntry("TIDEGATE_PORT", "18080")
        .containsEntry("TIDEGATE_MANAGEMENT_PORT", "18081")
        .containsEntry("TIDEGATE_REDIS_URL", "redis://127.0.0.1:1")
        .containsEntry("TIDEGATE_LOG_FORMAT", "json");
  }

  @Test
  void nodesShareTheConnectionsOfTheDatabaseThatIsStartedForThem() {
    for (int nodes = 1; nodes <= 6; nodes++) {
      String each =
          node(plan(Map.of(), Integer.toString(nodes))).get("TIDEGATE_DATABASE_CONNECTIONS");
      assertThat(nodes * Integer.parseInt(String.valueOf(each))).isLessThan(100);
    }
    assertThatThrownBy(() -> plan(Map.of(), "7"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("6 nodes are the most");
  }

  @Test
  void aNumberThatIsNoneIsSaidInOneLine() {
    for (String words : List.of("0", "17", "-1", "three", "2 3", "99999999999")) {
      assertThatThrownBy(() -> plan(Map.of(), words))
          .as(words)
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("1 to 16");
    }
    assertThat(plan(Map.of(), "--with-parent").nodes()).isEqualTo(3);
    assertThatThrownBy(() -> plan(Map.of("TIDEGATE_PORT", "65530"), "3"))
        .isInstanceOf(ClusterException.class);
  }

  @Test
  void redisIsToldNoSecret() {
    assertThat(plan(Map.of("PATH", "/bin"), "2").strangers()).containsOnlyKeys("PATH");
  }

  @Test
  void theDatabasesAddressIsOneThatPsqlTakes() {
    assertThat(ClusterFile.url(OWN))
        .isEqualTo("postgresql://tidegate:p%40ss%20word@127.0.0.1:5432/tidegate");
  }

  @Test
  void aProcessIdThatIsAnotherProgramsByNowIsLeftAlone() throws Exception {
    Leftovers leftovers = new Leftovers(data.resolve("processes"));
    Files.writeString(
        leftovers.file(), ProcessHandle.current().pid() + " 1000\nnonsense\n4194999 5\n");

    assertThat(leftovers.stop()).isZero();
    assertThat(leftovers.file()).doesNotExist();
  }

  private static Map<String, String> node(Plan plan) {
    return plan.node(AT, OWN, "redis://127.0.0.1:1");
  }

  private Plan plan(Map<String, String> given, String words) {
    Map<String, String> environment = new HashMap<>(given);
    environment.put("TIDEGATE_DATA", data.toString());
    return Plan.read(List.of(words.split(" ")), environment);
  }
}

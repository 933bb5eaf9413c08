package io.tidegate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidegate.TestGateway;
import io.tidegate.e2e.Needed;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** {@code make demo-feed}, as it is run, against a gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FeedIT {
  private static final Path FEED = Path.of("..", "examples", "feed", "feed.mjs");
  private static final Path DATASETS = Path.of("src/test/data/node_modules/vega-datasets/data");
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings("NullAway.Init")
  private TestGateway gateway;

  @BeforeAll
  void start() {
    gateway = TestGateway.start("demo_feed", Map.of("TIDEGATE_DEMO", "true"));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void replayTwiceIsThereOnceInOrder() throws IOException, InterruptedException {
    assertThat(feed("--speed", "max")).contains("2,267 rows acknowledged").doesNotContain("known");
    assertThat(feed("--speed", "max")).contains("2,267 of them known from an earlier run");

    List<String> days = new ArrayList<>();
    List<Long> seqs = new ArrayList<>();
    for (JsonNode message : history("stocks:MSFT")) {
      days.add(message.path("data").path("date").asText());
      seqs.add(message.path("seq").asLong());
    }
    assertThat(days).hasSize(123).isSorted().doesNotHaveDuplicates().startsWith("2000-01-01");
    assertThat(seqs).first().isEqualTo(1L);
    assertThat(seqs).last().isEqualTo(123L);
  }

  private String feed(String... options) throws IOException, InterruptedException {
    Needed.file(DATASETS);
    List<String> command = new ArrayList<>(List.of(Needed.program("node").toString()));
    command.add(FEED.toString());
    command.addAll(List.of("--datasets", DATASETS.toString()));
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TIDEGATE_URL", gateway.uri("").toString());
    builder.environment().put("TIDEGATE_KEY", key());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }

  private JsonNode history(String channel) throws IOException {
    String basic = Base64.getEncoder().encodeToString(key().getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        gateway.send(
            gateway
                .request(
                    "GET", "/v1/channels/" + channel + "/messages?direction=forward&limit=1000", "")
                .header("Authorization", "Basic " + basic)
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("items");
  }

  private String key() {
    return gateway.gateway().demo().orElseThrow().credential();
  }
}

package io.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.e2e.gateway.SharedGateway;
import io.tidegate.e2e.rest.Rest;
import io.tidegate.problem.Refusal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code openapi/protocol.md} shows what the contract says, and nothing is left out. */
final class ProtocolPageTest {
  private static final String PAGE = ContractFile.text("openapi/protocol.md");
  private static final JsonNode ASYNCAPI = ContractFile.yaml("openapi/asyncapi.yaml");
  private static final FrameContract FRAMES = FrameContract.load();
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

  /** Sent to consoles only, in {@code /v1/events}. */
  private static final List<String> OF_CONSOLES = List.of("ready", "audit", "node");

  @Test
  void everyFrameFits() {
    assertThat(lines("> {")).hasSizeGreaterThan(10);
    assertThat(lines("< {")).hasSizeGreaterThan(20);
    for (String frame : lines("> {")) {
      assertThat(FRAMES.validateClient(frame)).as(frame).isEmpty();
    }
    for (String frame : lines("< {")) {
      assertThat(FRAMES.validateServer(frame)).as(frame).isEmpty();
    }
  }

  @Test
  void everyEventOfAStreamAndAPollFits() {
    List<MatchResult> events =
        Pattern.compile("event: (\\w+)\n(?:id: \\w+\n)?data: (.*)\n")
            .matcher(PAGE)
            .results()
            .toList();
    assertThat(events).hasSize(3);
    for (MatchResult event : events) {
      assertThat(FRAMES.validateEvent(event.group(1), event.group(2))).isEmpty();
    }
    JsonNode poll = ContractFile.json(lines("{\"events\"").getFirst());
    JsonNode schema = ContractFile.json("{\"$ref\":\"#/components/schemas/PollResult\"}");
    assertThat(Schemas.closed(ContractFile.yaml("openapi/openapi.yaml")).violations(schema, poll))
        .isEmpty();
    poll.path("events")
        .forEach(
            event ->
                assertThat(FRAMES.validateEvent(event.path("type").asText(), event.toString()))
                    .isEmpty());
  }

  @Test
  void everyFrameTypeIsShown() {
    TreeSet<String> shown = new TreeSet<>();
    Pattern type = Pattern.compile("\"type\":\"([a-z.]+)\"");
    type.matcher(PAGE).results().forEach(found -> shown.add(found.group(1)));

    TreeSet<String> defined = new TreeSet<>();
    ASYNCAPI
        .path("components")
        .path("messages")
        .forEach(message -> defined.add(typeOf(message.path("examples").path(0).path("payload"))));
    OF_CONSOLES.forEach(defined::remove);
    assertThat(shown).isEqualTo(defined);
  }

  @Test
  void everyCloseCodeIsExplained() {
    Map<String, String> told = new TreeMap<>();
    Pattern row =
        Pattern.compile("(?m)^\\| (\\d{4}) \\| (\\d{5} `[a-z0-9-]+`) \\| ([^|]+) \\| [^|]+ \\|$");
    row.matcher(PAGE)
        .results()
        .forEach(found -> told.put(found.group(1), found.group(2) + " " + found.group(3)));

    Map<String, String> documented = new TreeMap<>();
    ASYNCAPI
        .path("channels")
        .path("webSocket")
        .path("x-tidegate-close-codes")
        .properties()
        .forEach(
            code -> {
              Refusal refusal = refusal(code.getValue().asInt());
              documented.put(
                  code.getKey(), refusal.code() + " `" + refusal.slug() + "` " + refusal.title());
            });
    assertThat(told).isEqualTo(documented);
  }

  @Test
  void everyGatewayHasIt() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(SharedGateway.target().uri("/docs/protocol")).build();
    HttpResponse<String> answer = Rest.http().send(request, BodyHandlers.ofString());

    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/markdown");
    assertThat(answer.body()).isEqualTo(PAGE);
  }

  @Test
  void everyLinkLeadsToAFile() {
    LINK.matcher(PAGE)
        .results()
        .map(found -> found.group(1))
        .forEach(
            link ->
                assertThat(
                        ContractFile.text(
                            link.startsWith("../") ? link.substring(3) : "openapi/" + link))
                    .isNotEmpty());
  }

  private static Refusal refusal(int code) {
    return Arrays.stream(Refusal.values())
        .filter(row -> row.code() == code)
        .findFirst()
        .orElseThrow();
  }

  private static String typeOf(JsonNode payload) {
    return payload.path("type").asText();
  }

  /** Lines that begin so, without the sign that says who sends them. */
  private static List<String> lines(String beginning) {
    return PAGE.lines()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.replaceFirst("^[<>] ", ""))
        .toList();
  }
}

package io.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the contract shows is what it says: every body and frame has an example, and it fits. */
final class ContractExamplesTest {
  private static final JsonNode OPENAPI = ContractFile.yaml("openapi/openapi.yaml");
  private static final JsonNode ASYNCAPI = ContractFile.yaml("openapi/asyncapi.yaml");
  private static final Set<String> HEALTH = Set.of("getLiveness", "getReadiness");

  @TestFactory
  Stream<DynamicTest> restExamplesFit() {
    Schemas schemas = Schemas.closed(OPENAPI);
    return operations()
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    operation.path("operationId").asText(),
                    () ->
                        media(schemas, operation)
                            .forEach(
                                media -> {
                                  List<JsonNode> examples = examples(schemas, media);
                                  assertThat(examples).as("examples").isNotEmpty();
                                  for (JsonNode example : examples) {
                                    assertThat(schemas.violations(media.get("schema"), example))
                                        .as(example.toString())
                                        .isEmpty();
                                  }
                                })));
  }

  @TestFactory
  Stream<DynamicTest> frameExamplesFit() {
    FrameContract contract = FrameContract.load();
    return ASYNCAPI.path("components").path("messages").properties().stream()
        .map(
            message ->
                DynamicTest.dynamicTest(
                    message.getKey(),
                    () -> {
                      assertThat(message.getValue().path("examples")).isNotEmpty();
                      for (JsonNode example : message.getValue().path("examples")) {
                        String frame = example.get("payload").toString();
                        assertThat(validate(contract, message.getKey(), frame)).isEmpty();
                      }
                    }));
  }

  private static List<String> validate(FrameContract contract, String message, String frame) {
    if (contract.isForListeners(message)) {
      return contract.validateListener(frame);
    }
    return contract.isOfClients(message)
        ? contract.validateClient(frame)
        : contract.validateServer(frame);
  }

  @Test
  void everyRefusalIsAProblem() {
    Schemas schemas = Schemas.of(OPENAPI);
    operations()
        .filter(operation -> !HEALTH.contains(operation.path("operationId").asText()))
        .flatMap(operation -> operation.path("responses").properties().stream())
        .filter(response -> response.getKey().compareTo("400") >= 0)
        .forEach(
            response ->
                assertThat(schemas.resolve(response.getValue()).path("content").fieldNames())
                    .toIterable()
                    .containsExactly("application/problem+json"));
  }

  @Test
  void schemasOfBothFilesAgree() {
    JsonNode rest = OPENAPI.path("components").path("schemas");
    JsonNode frames = ASYNCAPI.path("components").path("schemas");
    List<String> shared =
        Stream.of(
                "ChannelName ClientId Seq Epoch Millis PresenceVersion Member PublishMessage MessageHeaders Encoding"
                    .split(" "))
            .toList();
    for (String name : shared) {
      assertThat(frames.get(name)).as(name).isNotNull().isEqualTo(rest.get(name));
    }
  }

  private static Stream<JsonNode> operations() {
    return OPENAPI
        .path("paths")
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .filter(node -> node.has("operationId"));
  }

  /** The media types of an operation's request and answers. */
  private static Stream<JsonNode> media(Schemas schemas, JsonNode operation) {
    return Stream.concat(
            Stream.of(operation.path("requestBody")),
            operation.path("responses").valueStream().map(schemas::resolve))
        .flatMap(part -> part.path("content").valueStream());
  }

  private static List<JsonNode> examples(Schemas schemas, JsonNode media) {
    return media.has("example")
        ? List.of(media.get("example"))
        : media
            .path("examples")
            .valueStream()
            .map(example -> schemas.resolve(example).get("value"))
            .toList();
  }
}

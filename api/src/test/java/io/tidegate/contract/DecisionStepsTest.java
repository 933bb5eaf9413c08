package io.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.problem.Step;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract names the steps of a decision as the code does, in the same order. */
final class DecisionStepsTest {
  @Test
  void contractHasEveryStepInOrder() {
    JsonNode steps =
        ContractFile.yaml("openapi/openapi.yaml")
            .path("components")
            .path("schemas")
            .path("DecisionStep")
            .path("enum");
    List<String> named = steps.valueStream().map(JsonNode::asText).toList();
    assertThat(named)
        .containsExactlyElementsOf(Arrays.stream(Step.values()).map(Step::wireName).toList());
  }

  @Test
  void everyRowOfTheCatalogueIsDecidedBySomething() {
    for (Refusal refusal : Refusal.values()) {
      RefusedException refused = new RefusedException(refusal, "so");
      assertThat(refused.reason().step()).as(refusal.slug()).isNotNull();
      assertThat(refused.reason().rule()).isEqualTo(refusal.title());
      assertThat(refused.hasReason()).isFalse();
    }
  }
}

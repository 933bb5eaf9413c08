package io.tidegate.e2e.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidegate.contract.OpenApiContract;
import io.tidegate.e2e.contract.Line.Heard;
import io.tidegate.e2e.rest.Json;
import io.tidegate.problem.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Whether an answer is one that the contract allows, whatever the request was. */
final class Verdict {
  /** Where a publish is not confirmed in time, its own ids say when to send it again. */
  private static final int OUTCOME_UNKNOWN = 50400;

  private static final Pattern INNARDS =
      Pattern.compile("Exception|io\\.(tidegate|netty|micronaut)\\.|org\\.postgresql|\tat ");

  private final OpenApiContract contract;
  private final Secrets secrets;

  Verdict(OpenApiContract contract, Secrets secrets) {
    this.contract = contract;
    this.secrets = secrets;
  }

  /** A sentence for each fault. */
  List<String> faults(Sent sent, Heard heard) {
    List<String> faults = new ArrayList<>(contract.validate(sent.exchange(heard)));
    faults.addAll(secrets.check(sent, heard));
    int status = heard.status();
    if (status >= 500 && status != 503 && status != 504) {
      faults.add("a fault of the gateway: " + status);
    }
    boolean asks = !sent.plan().route().isPublic();
    if (asks && sent.plan().caller().isNobody() && status / 100 == 2 && !isOpen(sent)) {
      faults.add("nobody was let in: " + sent.plan().caller());
    }
    if (status >= 400 && heard.body().startsWith("{")) {
      problem(heard, Json.read(heard.body()), faults);
    }
    return faults;
  }

  private static boolean isOpen(Sent sent) {
    return sent.plan().route().credentials().contains("none");
  }

  private static void problem(Heard heard, JsonNode problem, List<String> faults) {
    int code = problem.path("code").asInt();
    boolean catalogued =
        Arrays.stream(Refusal.values())
            .anyMatch(
                row ->
                    row.code() == code
                        && row.httpStatus() == heard.status()
                        && row.title().equals(problem.path("title").asText())
                        && row.type().equals(problem.path("type").asText()));
    if (!catalogued && problem.has("code")) {
      faults.add("no row of the catalogue: " + code);
    }
    if (heard.status() >= 500
        && code != OUTCOME_UNKNOWN
        && !heard.headers().containsKey("Retry-After")) {
      faults.add("no Retry-After");
    }
    if (INNARDS.matcher(problem.path("detail").asText()).find()) {
      faults.add("the detail tells of the gateway's innards");
    }
  }
}

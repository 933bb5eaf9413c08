package io.tidegate.control;

import io.tidegate.explain.Explanation;
import io.tidegate.explain.Explanation.Verdict;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.refusal.Masked;
import io.tidegate.refusal.Occurrence;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Refusals and explanations as the contract shows them. */
final class RefusalViews {
  private static final Map<Integer, Refusal> BY_CODE =
      Arrays.stream(Refusal.values()).collect(Collectors.toMap(Refusal::code, one -> one));

  private RefusalViews() {}

  static Map<String, @Nullable Object> of(Occurrence one) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    Refusal refusal = BY_CODE.get(one.code());
    view.put("id", one.id());
    view.put("at", Times.text(one.at()));
    view.put("code", one.code());
    // A row of another version of the gateway has a code, and no name here.
    view.put("slug", refusal == null ? String.valueOf(one.code()) : refusal.slug());
    view.put("status", one.code() / 100);
    view.put("step", one.step());
    view.put("rule", one.rule());
    view.put("detail", one.detail());
    view.put("operation", one.operation());
    view.put("channel", one.channel());
    view.put("keyName", one.keyName());
    view.put("clientId", one.clientId());
    view.put("requestId", one.requestId());
    view.put("connectionId", one.connectionId());
    view.put("protocol", one.protocol());
    view.put("address", one.address());
    view.put("proven", one.proven());
    view.put("leftOut", one.leftOut());
    return view;
  }

  static Map<String, @Nullable Object> of(Explanation explanation) {
    RefusedException refused = explanation.refused();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("allowed", refused == null);
    view.put("code", refused == null ? null : refused.refusal().code());
    view.put("slug", refused == null ? null : refused.refusal().slug());
    view.put("decidedBy", refused == null ? null : refused.reason().step().wireName());
    view.put("steps", explanation.steps().stream().map(told -> step(told, refused)).toList());
    return view;
  }

  private static Map<String, @Nullable Object> step(
      Explanation.Told told, @Nullable RefusedException refused) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    boolean refuses = told.verdict() == Verdict.REFUSES;
    view.put("step", told.step().wireName());
    String rule = told.rule();
    view.put("rule", rule == null ? null : Masked.of(rule));
    view.put("verdict", told.verdict().wireName());
    view.put("why", Masked.of(told.why()));
    view.put("code", refuses && refused != null ? refused.refusal().code() : null);
    return view;
  }
}

package io.tidegate.hook;

import io.tidegate.json.StrictJson;
import io.tidegate.json.Surrogates;
import io.tidegate.problem.RefusedException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a hook has answered. Strict where a mistake would let something pass: a change with a
 * field that nobody knows is none. A refusal is one, whatever else is wrong with it.
 */
final class HookAnswer {
  /** It is told to a client, in an error frame or problem document. */
  private static final int MAX_REASON = 255;

  private static final String DECISION = "decision";

  private HookAnswer() {}

  static <T> Verdict<T> read(byte[] json, Changes<T> changes) {
    try {
      if (StrictJson.parse(json) instanceof Map<?, ?> map) {
        return decide(json, textKeys(map), changes);
      }
      return new Verdict.Failed<>("the answer is not a JSON object");
    } catch (RefusedException fault) {
      return new Verdict.Failed<>("the answer cannot be used: " + told(fault));
    }
  }

  private static <T> Verdict<T> decide(
      byte[] json, Map<String, Object> answer, Changes<T> changes) {
    Object decision = answer.get(DECISION);
    if ("refuse".equals(decision)) {
      return new Verdict.Refused<>(reason(answer.get("reason")));
    }
    if ("allow".equals(decision)) {
      return answer.size() == 1
          ? new Verdict.Allowed<>()
          : new Verdict.Failed<>("the answer allows, and has other fields than decision");
    }
    if (!"change".equals(decision)) {
      return new Verdict.Failed<>("the answer's decision is none of allow, refuse, change");
    }
    Set<String> known = changes.fields();
    if (answer.keySet().stream()
        .anyMatch(name -> !name.equals(DECISION) && !known.contains(name))) {
      return new Verdict.Failed<>("a change has the fields " + known + " and no others");
    }
    return new Verdict.Changed<>(changes.read(json, answer));
  }

  /** Keys of JSON are text. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> textKeys(Map<?, ?> map) {
    return (Map<String, Object>) map;
  }

  private static @Nullable String reason(@Nullable Object given) {
    boolean fits =
        given instanceof String text
            && !text.isBlank()
            && text.codePointCount(0, text.length()) <= MAX_REASON
            && text.chars().noneMatch(Character::isISOControl)
            && Surrogates.arePaired(text);
    return fits ? String.valueOf(given) : null;
  }

  /** The first field's fault, where it is one of fields. */
  private static String told(RefusedException fault) {
    return fault.errors().isEmpty()
        ? fault.detail()
        : fault.errors().getFirst().field() + " " + fault.errors().getFirst().message();
  }
}

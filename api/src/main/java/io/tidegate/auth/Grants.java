package io.tidegate.auth;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Operation;
import io.tidegate.problem.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Capabilities and limits of tokens in the shape they have on the wire, {@code {pattern:
 * [operation]}} and {@code {limit: number}}: the same in a claim and in a request body.
 */
final class Grants {
  private static final int MAX_PATTERNS = 100;

  private Grants() {}

  /**
   * @throws IllegalArgumentException with the rule that was broken; {@code admin} is refused, it is
   *     for keys only
   */
  static Capabilities capabilities(@Nullable Object wire) {
    if (!(wire instanceof Map<?, ?> grants)) {
      throw new IllegalArgumentException("capabilities are {pattern: [operation]}");
    }
    if (grants.size() > MAX_PATTERNS) {
      throw new IllegalArgumentException("capabilities have at most 100 patterns");
    }
    Map<ChannelPattern, Set<Operation>> parsed = new LinkedHashMap<>();
    grants.forEach((pattern, operations) -> parsed.put(pattern(pattern), operations(operations)));
    return new Capabilities(parsed);
  }

  static Map<String, Object> asClaim(Capabilities capabilities) {
    Map<String, Object> claim = new LinkedHashMap<>();
    capabilities
        .grants()
        .forEach(
            (pattern, operations) ->
                claim.put(pattern.value(), operations.stream().map(Operation::wireName).toList()));
    return claim;
  }

  /** SHA-256 over what is granted, in hex: the same whatever the order. */
  static String digest(Capabilities capabilities) {
    StringBuilder text = new StringBuilder();
    capabilities.grants().entrySet().stream()
        .sorted(Comparator.comparing(one -> one.getKey().value()))
        .forEach(one -> text.append(one.getKey()).append('\n').append(one.getValue()).append('\n'));
    try {
      byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * @throws IllegalArgumentException with the rule that was broken
   */
  static TokenLimits limits(@Nullable Object wire) {
    if (wire == null) {
      return TokenLimits.NONE;
    }
    if (!(wire instanceof Map<?, ?> given)) {
      throw new IllegalArgumentException("limits are {name: number}");
    }
    Map<TokenLimits.Limit, Integer> limits = new LinkedHashMap<>();
    for (TokenLimits.Limit limit : TokenLimits.Limit.values()) {
      if (given.get(limit.wireName()) instanceof Number number) {
        limits.put(limit, positive(number));
      }
    }
    if (limits.size() != given.size()) {
      throw new IllegalArgumentException("limits hold an unknown name or something not a number");
    }
    return new TokenLimits(limits);
  }

  private static int positive(Number number) {
    double value = number.doubleValue();
    if (!(value >= 1 && value <= Integer.MAX_VALUE) || value != Math.rint(value)) {
      throw new IllegalArgumentException("a limit is a whole number of at least 1");
    }
    return number.intValue();
  }

  private static ChannelPattern pattern(@Nullable Object text) {
    try {
      return new ChannelPattern(String.valueOf(text));
    } catch (RefusedException e) {
      throw new IllegalArgumentException(e.detail(), e);
    }
  }

  private static Set<Operation> operations(@Nullable Object wire) {
    if (!(wire instanceof Collection<?> names) || names.isEmpty()) {
      throw new IllegalArgumentException("a pattern has a list of operations");
    }
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    for (Object name : names) {
      Operation operation = name instanceof String text ? Operation.ofWireName(text) : null;
      if (operation == null || operation == Operation.ADMIN) {
        throw new IllegalArgumentException(
            "operations of a token are " + List.of("publish", "subscribe", "presence", "history"));
      }
      if (!operations.add(operation)) {
        throw new IllegalArgumentException("an operation stands once");
      }
    }
    return operations;
  }
}

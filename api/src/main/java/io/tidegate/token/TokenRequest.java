package io.tidegate.token;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.TokenLimits;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.ClientId;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Operation;
import io.tidegate.json.Fields;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/tokens}.
 *
 * @param signer the key that signs
 */
record TokenRequest(
    @Nullable ClientId clientId,
    Capabilities capabilities,
    Duration lifetime,
    TokenLimits limits,
    KeyName signer) {
  private static final long DEFAULT_SECONDS = 3600;
  private static final long MAX_SECONDS = 86_400;
  private static final int MAX_PATTERNS = 100;

  private static final int MAX_KEY_ID = 32;

  /**
   * @param isKey whether the app has a key of that id
   */
  static TokenRequest read(AppPrincipal who, byte[] body, Predicate<String> isKey) {
    Fields fields = Fields.ofBody(body).require("capabilities");
    ClientId clientId = fields.value("clientId", ClientId::new);
    Capabilities capabilities = capabilities(fields);
    long seconds = fields.number("ttlSeconds", 1, MAX_SECONDS, DEFAULT_SECONDS);
    TokenLimits limits = limits(fields);
    KeyName signer = signer(who, fields, isKey);
    fields.check();
    return new TokenRequest(clientId, capabilities, Duration.ofSeconds(seconds), limits, signer);
  }

  /** A key signs with itself; a person in the console has none, and says whose is to sign. */
  private static KeyName signer(AppPrincipal who, Fields fields, Predicate<String> isKey) {
    String keyId = fields.text("keyId", 1, MAX_KEY_ID);
    if (!who.isConsole()) {
      if (keyId != null && !keyId.equals(who.key().keyId())) {
        fields.fault("keyId", "is not the key that asks: a key signs with itself");
      }
      return who.key();
    }
    if (keyId == null || !isKey.test(keyId)) {
      fields.fault("keyId", keyId == null ? "is required" : "is not a key of this app");
      return who.key();
    }
    return new KeyName(who.app(), keyId);
  }

  private static Capabilities capabilities(Fields fields) {
    Fields patterns = fields.object("capabilities");
    if (patterns == null) {
      return Capabilities.NONE;
    }
    int count = patterns.names().size();
    if (count == 0 || count > MAX_PATTERNS) {
      fields.fault("capabilities", "must have 1 to " + MAX_PATTERNS + " patterns");
      return Capabilities.NONE;
    }
    Map<ChannelPattern, Set<Operation>> grants = new LinkedHashMap<>();
    for (String name : patterns.names()) {
      ChannelPattern pattern = patterns.valueOf(name, name, ChannelPattern::new);
      Set<Operation> operations = operations(patterns, name);
      if (pattern != null) {
        grants.put(pattern, operations);
      }
    }
    return new Capabilities(grants);
  }

  private static Set<Operation> operations(Fields patterns, String pattern) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    List<String> names = patterns.texts(pattern, 1, Operation.values().length);
    for (String name : names == null ? List.<String>of() : names) {
      Operation operation = Operation.ofWireName(name);
      if (operation == null || operation == Operation.ADMIN) {
        patterns.fault(pattern, "must hold publish, subscribe, presence or history only");
        return operations;
      }
      operations.add(operation);
    }
    return operations;
  }

  private static TokenLimits limits(Fields fields) {
    Fields given = fields.object("limits");
    if (given == null) {
      return TokenLimits.NONE;
    }
    Map<TokenLimits.Limit, Integer> limits = new EnumMap<>(TokenLimits.Limit.class);
    for (TokenLimits.Limit limit : TokenLimits.Limit.values()) {
      if (given.has(limit.wireName())) {
        limits.put(limit, (int) given.number(limit.wireName(), 1, Integer.MAX_VALUE, 1));
      }
    }
    return new TokenLimits(limits);
  }
}

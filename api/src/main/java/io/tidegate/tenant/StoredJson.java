package io.tidegate.tenant;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Namespace.Conflate;
import io.tidegate.channel.Namespace.Presence;
import io.tidegate.channel.Namespace.Span;
import io.tidegate.channel.Operation;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Capabilities and namespaces as JSON: one spelling for the contract, the database and the record.
 * Reading trusts what it wrote; what was added to the program since takes its default.
 */
public final class StoredJson {
  private StoredJson() {}

  public static Map<String, Object> ofCapabilities(Capabilities capabilities) {
    Map<String, Object> json = new LinkedHashMap<>();
    capabilities
        .grants()
        .forEach(
            (pattern, operations) ->
                json.put(pattern.value(), operations.stream().map(Operation::wireName).toList()));
    return json;
  }

  public static Capabilities capabilities(Map<String, Object> json) {
    // In order of pattern: jsonb does not keep the order in which they were given.
    Map<ChannelPattern, Set<Operation>> grants = new LinkedHashMap<>();
    new TreeMap<>(json)
        .forEach(
            (pattern, names) -> {
              Set<Operation> operations = EnumSet.noneOf(Operation.class);
              for (Object name : (List<?>) names) {
                Operation operation = Operation.ofWireName(String.valueOf(name));
                if (operation != null) {
                  operations.add(operation);
                }
              }
              grants.put(new ChannelPattern(pattern), operations);
            });
    return new Capabilities(grants);
  }

  /** The rules without their name. */
  public static Map<String, Object> ofNamespace(Namespace namespace) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("pattern", namespace.pattern().value());
    json.put("durability", namespace.durability().wireName());
    json.put("window", ofSpan(namespace.window()));
    json.put("retentionDays", namespace.retentionDays());
    json.put("rewind", ofSpan(namespace.rewind()));
    json.put("maxMessageBytes", namespace.maxMessageBytes());
    json.put("public", namespace.open());
    json.put("clientPublish", namespace.clientPublish());
    Map<String, Object> presence = new LinkedHashMap<>();
    presence.put("mode", wireName(namespace.presence().mode()));
    presence.put("maxMembers", namespace.presence().maxMembers());
    presence.put("graceSeconds", namespace.presence().graceSeconds());
    json.put("presence", presence);
    json.put("conflate", wireName(namespace.conflate()));
    json.put("requireClientId", namespace.requireClientId());
    return json;
  }

  public static Namespace namespace(String name, Map<String, Object> json) {
    Namespace initial = Namespace.DEFAULT;
    Map<?, ?> presence = map(json, "presence");
    return new Namespace(
        name,
        new ChannelPattern(String.valueOf(json.get("pattern"))),
        constant(Durability.class, json, "durability", initial.durability()),
        span(map(json, "window"), initial.window()),
        number(json, "retentionDays", initial.retentionDays()),
        span(map(json, "rewind"), initial.rewind()),
        number(json, "maxMessageBytes", initial.maxMessageBytes()),
        flag(json, "public", initial.open()),
        flag(json, "clientPublish", initial.clientPublish()),
        new Presence(
            constant(Presence.Mode.class, presence, "mode", initial.presence().mode()),
            number(presence, "maxMembers", initial.presence().maxMembers()),
            number(presence, "graceSeconds", initial.presence().graceSeconds())),
        constant(Conflate.class, json, "conflate", initial.conflate()),
        flag(json, "requireClientId", initial.requireClientId()));
  }

  public static String wireName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> ofSpan(Span span) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("messages", span.messages());
    json.put("seconds", span.seconds());
    return json;
  }

  private static Span span(Map<?, ?> json, Span initial) {
    return new Span(
        number(json, "messages", initial.messages()), number(json, "seconds", initial.seconds()));
  }

  private static Map<?, ?> map(Map<?, ?> json, String field) {
    return json.get(field) instanceof Map<?, ?> map ? map : Map.of();
  }

  private static int number(Map<?, ?> json, String field, int initial) {
    return json.get(field) instanceof Number number ? number.intValue() : initial;
  }

  private static boolean flag(Map<?, ?> json, String field, boolean initial) {
    return json.get(field) instanceof Boolean flag ? flag : initial;
  }

  private static <E extends Enum<E>> E constant(
      Class<E> type, Map<?, ?> json, String field, E initial) {
    return json.get(field) instanceof String name
        ? Enum.valueOf(type, name.toUpperCase(Locale.ROOT))
        : initial;
  }
}

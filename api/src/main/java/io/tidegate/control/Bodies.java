package io.tidegate.control;

import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Namespace.Conflate;
import io.tidegate.channel.Namespace.Presence;
import io.tidegate.channel.Namespace.Span;
import io.tidegate.channel.Operation;
import io.tidegate.json.Fields;
import io.tidegate.problem.FieldError;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.StoredJson;
import io.tidegate.tenant.store.AppSettings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of request bodies, bounds as in the contract. */
final class Bodies {
  private static final int MAX_NAME = 100;
  private static final int MAX_PATTERNS = 100;
  private static final int MAX_ORIGINS = 100;
  private static final int MAX_WINDOW_MESSAGES = 100_000;
  private static final int MAX_REWIND_MESSAGES = 1_000;
  private static final int MAX_SPAN_SECONDS = 86_400;
  private static final int MAX_RETENTION_DAYS = 3_650;
  private static final int MAX_MEMBERS = 100_000;
  private static final int MAX_GRACE_SECONDS = 300;
  private static final Pattern ORIGIN = Pattern.compile("\\*|https?://[^/?#\\s]+");

  private Bodies() {}

  /** A change that names nothing to change is a mistake. */
  static Fields change(byte[] body) {
    Fields fields = Fields.ofBody(body);
    fields.requireAny();
    return fields;
  }

  static @Nullable String name(Fields fields) {
    return fields.text("name", 1, MAX_NAME);
  }

  /** The limits that are given; null values lift one. */
  static Map<Limit, @Nullable Long> limits(Fields fields) {
    Map<Limit, @Nullable Long> limits = new EnumMap<>(Limit.class);
    Fields given = fields.object("limits");
    if (given != null) {
      for (Limit limit : Limit.values()) {
        if (given.has(limit.wireName())) {
          limits.put(limit, given.numberOrNull(limit.wireName(), limit.min(), limit.max()));
        }
      }
    }
    return limits;
  }

  static AppSettings.Change settings(Fields fields) {
    Fields settings = fields.object("settings");
    Boolean previews =
        settings != null && settings.has("messagePreviews")
            ? settings.flag("messagePreviews", true)
            : null;
    return new AppSettings.Change(allowedOrigins(settings), previews);
  }

  private static @Nullable List<String> allowedOrigins(@Nullable Fields settings) {
    List<String> origins =
        settings == null ? null : settings.texts("allowedOrigins", 0, MAX_ORIGINS);
    if (settings != null && origins != null) {
      for (int i = 0; i < origins.size(); i++) {
        if (!ORIGIN.matcher(origins.get(i)).matches()) {
          settings.fault("allowedOrigins/" + i, "must be * or scheme://host[:port]");
        }
      }
    }
    return origins;
  }

  static @Nullable Capabilities capabilities(Fields fields) {
    Fields given = fields.object("capabilities");
    if (given == null) {
      return null;
    }
    Set<String> patterns = given.names();
    if (patterns.isEmpty() || patterns.size() > MAX_PATTERNS) {
      fields.fault("capabilities", "must have 1 to " + MAX_PATTERNS + " patterns");
    }
    Map<ChannelPattern, Set<Operation>> grants = new LinkedHashMap<>();
    for (String text : patterns) {
      ChannelPattern pattern = given.valueOf(text, text, ChannelPattern::new);
      Set<Operation> operations = operations(given, text);
      if (pattern != null) {
        grants.put(pattern, operations);
      }
    }
    return new Capabilities(grants);
  }

  static Namespace namespace(Fields fields, String name) {
    Namespace initial = Namespace.DEFAULT;
    ChannelPattern pattern = fields.require("pattern").value("pattern", ChannelPattern::new);
    return new Namespace(
        name,
        pattern == null ? initial.pattern() : pattern,
        fields.oneOf("durability", Durability.class, Durability::wireName, initial.durability()),
        span(fields.object("window"), 1, MAX_WINDOW_MESSAGES, initial.window()),
        (int) fields.number("retentionDays", 1, MAX_RETENTION_DAYS, initial.retentionDays()),
        span(fields.object("rewind"), 0, MAX_REWIND_MESSAGES, initial.rewind()),
        (int)
            fields.number(
                "maxMessageBytes",
                1,
                Namespace.DEFAULT_MAX_MESSAGE_BYTES,
                initial.maxMessageBytes()),
        fields.flag("public", initial.open()),
        fields.flag("clientPublish", initial.clientPublish()),
        presence(fields.object("presence"), initial.presence()),
        fields.oneOf("conflate", Conflate.class, StoredJson::wireName, initial.conflate()),
        fields.flag("requireClientId", initial.requireClientId()));
  }

  private static Span span(@Nullable Fields fields, int min, int maxMessages, Span initial) {
    return fields == null
        ? initial
        : new Span(
            (int) fields.number("messages", min, maxMessages, initial.messages()),
            (int) fields.number("seconds", min, MAX_SPAN_SECONDS, initial.seconds()));
  }

  private static Presence presence(@Nullable Fields fields, Presence initial) {
    return fields == null
        ? initial
        : new Presence(
            fields.oneOf("mode", Presence.Mode.class, StoredJson::wireName, initial.mode()),
            (int) fields.number("maxMembers", 1, MAX_MEMBERS, initial.maxMembers()),
            (int) fields.number("graceSeconds", 0, MAX_GRACE_SECONDS, initial.graceSeconds()));
  }

  private static Set<Operation> operations(Fields fields, String pattern) {
    Set<Operation> operations = EnumSet.noneOf(Operation.class);
    List<String> names = fields.texts(pattern, 1, Operation.values().length);
    if (names != null) {
      for (int i = 0; i < names.size(); i++) {
        Operation operation = Operation.ofWireName(names.get(i));
        if (operation == null) {
          fields.fault(
              FieldError.step(pattern) + "/" + i,
              "must be one of publish, subscribe, presence, history, admin");
        } else {
          operations.add(operation);
        }
      }
    }
    return operations;
  }
}

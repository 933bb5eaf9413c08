package io.tidegate.channel;

import java.util.Comparator;
import java.util.List;

/**
 * The namespaces of one app, and which of them applies: most literal segments, then most literal
 * characters, then name; {@link Namespace#DEFAULT} where none does.
 */
public final class Rules {
  public static final Rules EMPTY = new Rules(List.of());

  private final List<Namespace> bySpecificity;

  public Rules(List<Namespace> namespaces) {
    bySpecificity =
        namespaces.stream()
            .sorted(
                Comparator.comparing(Namespace::pattern, ChannelPattern.MOST_SPECIFIC_FIRST)
                    .thenComparing(Namespace::name))
            .toList();
  }

  public Namespace of(ChannelName channel) {
    if (channel.isMeta()) {
      return Namespace.DEFAULT;
    }
    for (Namespace namespace : bySpecificity) {
      if (namespace.pattern().matches(channel)) {
        return namespace;
      }
    }
    return Namespace.DEFAULT;
  }

  /** All whose patterns cover the channel; the first of them applies. */
  public List<Namespace> covering(ChannelName channel) {
    return channel.isMeta()
        ? List.of()
        : bySpecificity.stream().filter(one -> one.pattern().matches(channel)).toList();
  }

  public List<Namespace> namespaces() {
    return bySpecificity;
  }
}

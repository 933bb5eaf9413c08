package io.tidegate.hook;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.ChannelPattern;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of an app that are asked: those that are enabled.
 *
 * @param beforePublish the most specific pattern first
 * @param connect null: nobody is asked who may connect
 */
public record AppHooks(List<Hook> beforePublish, @Nullable Hook connect) {
  public static final AppHooks NONE = new AppHooks(List.of(), null);

  private static final Comparator<Hook> MOST_SPECIFIC_FIRST =
      Comparator.comparing(Hook::pattern, ChannelPattern.MOST_SPECIFIC_FIRST);

  public AppHooks {
    beforePublish = List.copyOf(beforePublish);
  }

  /**
   * @param all in order of creation
   */
  public static AppHooks of(List<Hook> all) {
    List<Hook> asked = all.stream().filter(Hook::enabled).toList();
    return asked.isEmpty()
        ? NONE
        : new AppHooks(
            asked.stream()
                .filter(hook -> hook.kind() == HookKind.BEFORE_PUBLISH)
                .sorted(MOST_SPECIFIC_FIRST)
                .toList(),
            asked.stream()
                .filter(hook -> hook.kind() == HookKind.CONNECT)
                .findFirst()
                .orElse(null));
  }

  /** Of several that cover the channel one is asked, as one namespace holds; null: none is. */
  public @Nullable Hook beforePublish(ChannelName channel) {
    for (Hook hook : beforePublish) {
      if (hook.pattern().matches(channel)) {
        return hook;
      }
    }
    return null;
  }
}

package io.tidegate.tenant;

import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Durability;
import io.tidegate.channel.Namespace;
import io.tidegate.channel.Rules;
import java.util.List;

/**
 * An app's rules now, and those that a change replaced less than 10 s ago. A change of durability
 * takes effect on a live channel 10 s after its commit, as a new epoch; everything else, and
 * channels that are not live, follow the newest rules at once.
 *
 * @param current the newest rules
 * @param superseded older rules still in force for the durability of live channels, oldest first
 */
public record AppRules(Rules current, List<Superseded> superseded) {
  public static final AppRules EMPTY = new AppRules(Rules.EMPTY, List.of());

  public AppRules {
    superseded = List.copyOf(superseded);
  }

  /** The namespace that applies to the channel by the newest rules. */
  public Namespace of(ChannelName channel) {
    return current.of(channel);
  }

  /** The namespace whose durability a channel that is live at {@code nowNanos} still follows. */
  public Namespace ofLive(ChannelName channel, long nowNanos) {
    for (Superseded old : superseded) {
      if (old.untilNanos() - nowNanos > 0) {
        return old.rules().of(channel);
      }
    }
    return current.of(channel);
  }

  /** What a channel that is live in a class by some of these rules follows at {@code nowNanos}. */
  public Durability ofLive(ChannelName channel, Durability inForce, long nowNanos) {
    Durability newest = current.of(channel).durability();
    if (inForce == newest) {
      return newest;
    }
    boolean reached = false;
    for (Superseded old : superseded) {
      Durability durability = old.rules().of(channel).durability();
      // Rules older than those that it began under are none of its.
      reached |= durability == inForce;
      if (reached && old.untilNanos() - nowNanos > 0) {
        return durability;
      }
    }
    return newest;
  }

  /** The last change that is in effect at {@code nowNanos}; 0 when none is. */
  public long inEffect(long nowNanos) {
    long last = 0;
    for (Superseded old : superseded) {
      if (old.untilNanos() - nowNanos <= 0) {
        last = old.change();
      }
    }
    return last;
  }

  /**
   * Rules replaced by later ones.
   *
   * @param change the change that replaced them; later changes have larger numbers
   * @param untilNanos when they stop to count, on this node's {@code System.nanoTime} scale,
   *     computed from the database's clock
   */
  public record Superseded(long change, Rules rules, long untilNanos) {}
}

package io.tidegate.limit;

import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.TenantId;
import io.tidegate.redis.RedisLink;
import io.tidegate.redis.RedisTidings;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Openings that nodes tell each other through Redis. */
public final class RedisOpenings implements Openings {
  /** Told instead of what there was no room for: then the others count. */
  private static final String MISSED = "*";

  private static final List<String> KEYS = List.of("{tgo}:l", "{tgo}:n");
  private static final Logger LOG = LoggerFactory.getLogger(RedisOpenings.class);

  private final IntSupplier nodes;
  private final RedisTidings<String> tidings;

  /**
   * @param node names this process and no other
   * @param nodes how many live, this one among them, as last known
   */
  public RedisOpenings(
      RedisLink link, String node, IntSupplier nodes, ScheduledExecutorService timer) {
    this.nodes = nodes;
    this.tidings = new RedisTidings<>(link, node, KEYS, timer);
  }

  @Override
  public void tell(TenantId tenant, ChannelId channel) {
    tidings.tell(tenant + " " + channel.app().value() + " " + channel.name().value(), MISSED);
  }

  @Override
  public int unheard() {
    return tidings.isHearing() ? 0 : Math.max(0, nodes.getAsInt() - 1);
  }

  @Override
  public void listen(Listener listener) {
    tidings.listen(
        new RedisTidings.Listener<>() {
          @Override
          public String text(String told) {
            return told;
          }

          @Override
          public void heard(List<String> texts, Collection<String> own, boolean all) {
            hear(listener, texts, all);
          }
        });
  }

  private static void hear(Listener to, List<String> news, boolean all) {
    try {
      if (!all || news.contains(MISSED)) {
        to.missed();
      }
      for (String one : news) {
        String[] parts = one.split(" ", 3);
        if (parts.length == 3) {
          to.opened(
              new TenantId(UUID.fromString(parts[0])),
              new ChannelId(new AppId(parts[1]), new ChannelName(parts[2])));
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("what another node let in was not understood", e);
      to.missed();
    }
  }
}

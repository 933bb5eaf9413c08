package io.tidegate.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tidegate.allowance.Allowances;
import io.tidegate.allowance.Bucket;
import io.tidegate.channel.AppId;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.DirectoryListener;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The quotas of the tenants that are active here, each following its limits in the directory. */
public final class Quotas implements DirectoryListener {
  /** After this without a connection or request a tenant is forgotten, its buckets with it. */
  private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);

  /** Clients whose tokens narrow a rate; the one forgotten has a full burst again. */
  private static final int MAX_CLIENTS = 100_000;

  private final Directory directory;
  private final Allowances allowances;
  private final Census census;
  private final Openings openings;
  private final LongSupplier nanos;
  private final Refused refused = new Refused();
  private final CopyOnWriteArrayList<LimitListener> listeners = new CopyOnWriteArrayList<>();

  /** As many as there are tenants with a credential in use; {@link #forgetIdle} takes them out. */
  private final ConcurrentHashMap<TenantId, TenantQuota> tenants = new ConcurrentHashMap<>();

  private final Cache<String, Bucket> clients =
      Caffeine.newBuilder()
          .maximumSize(MAX_CLIENTS)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  /** Of a node that is alone. */
  Quotas(Directory directory, Allowances allowances, Census census, LongSupplier nanos) {
    this(directory, allowances, census, Openings.NONE, nanos);
  }

  /**
   * @param nanos as {@link System#nanoTime}
   */
  public Quotas(
      Directory directory,
      Allowances allowances,
      Census census,
      Openings openings,
      LongSupplier nanos) {
    this.directory = directory;
    this.allowances = allowances;
    this.census = census;
    this.openings = openings;
    this.nanos = nanos;
    directory.listen(this);
    openings.listen(new Elsewhere());
  }

  /** What other nodes let in. */
  private final class Elsewhere implements Openings.Listener {
    @Override
    public void opened(TenantId tenant, ChannelId channel) {
      TenantQuota quota = tenants.get(tenant);
      if (quota != null) {
        quota.channels().opened(channel);
      }
    }

    @Override
    public void missed() {
      tenants.values().forEach(quota -> quota.channels().missed());
    }
  }

  public void listen(LimitListener listener) {
    listeners.add(listener);
  }

  /**
   * A tenant's quota, up to date. May read the database.
   *
   * @throws RefusedException STORE_UNAVAILABLE when nobody can say what the limits are
   */
  public TenantQuota of(TenantId tenant) {
    Limits limits = directory.limits(tenant);
    TenantQuota quota = active(tenant, limits);
    if (quota.limits() != limits) {
      refresh(tenant, quota);
    }
    return quota;
  }

  /**
   * A client's quota. May read the database.
   *
   * @param own what its token narrows
   * @param client names the client among all
   */
  public ClientQuota of(TenantId tenant, Limits own, String client) {
    Bucket publishes =
        own.get(Limit.PUBLISHES_PER_SECOND) == null
            ? null
            : clients.get(client, name -> allowances.bucket("publishes:" + name));
    return new ClientQuota(of(tenant), own, publishes);
  }

  private TenantQuota active(TenantId tenant, Limits limits) {
    while (true) {
      TenantQuota known = tenants.get(tenant);
      TenantQuota quota =
          known == null ? tenants.computeIfAbsent(tenant, id -> make(id, limits)) : known;
      quota.used(nanos.getAsLong());
      // Unless it was forgotten just before it was used.
      if (tenants.get(tenant) == quota) {
        return quota;
      }
    }
  }

  private TenantQuota make(TenantId tenant, Limits limits) {
    Watch watch = new Watch(refused, listeners, nanos);
    TenantQuota.Counted counted =
        new TenantQuota.Counted(
            new OpenChannels(tenant, census, watch, openings, nanos),
            new Storage(tenant, census, watch, nanos));
    return new TenantQuota(tenant, limits, allowances, counted, watch);
  }

  /** Reads them anew under the quota's monitor: the last to write has read the latest. */
  private void refresh(TenantId tenant, TenantQuota quota) {
    synchronized (quota) {
      quota.follow(directory.limits(tenant));
    }
  }

  @Override
  public void changed(AppId app) {}

  /** Connections that are open follow too; nobody is disconnected. */
  @Override
  public void limitsChanged(TenantId tenant) {
    TenantQuota quota = tenants.get(tenant);
    if (quota != null) {
      refresh(tenant, quota);
    }
  }

  /** To be called now and then. */
  public void forgetIdle() {
    long since = nanos.getAsLong() - IDLE_NANOS;
    for (TenantId tenant : tenants.keySet()) {
      tenants.computeIfPresent(tenant, (id, quota) -> quota.isIdle(since) ? null : quota);
    }
  }

  /** A tenant's quota when it is active here. */
  public @Nullable TenantQuota find(TenantId tenant) {
    return tenants.get(tenant);
  }

  public Refused refused() {
    return refused;
  }
}

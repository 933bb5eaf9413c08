package io.tidegate.tenant.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.tidegate.breaker.Contact;
import io.tidegate.channel.AppId;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.App;
import io.tidegate.tenant.AppRules;
import io.tidegate.tenant.Command;
import io.tidegate.tenant.CommandListener;
import io.tidegate.tenant.Directory;
import io.tidegate.tenant.DirectoryListener;
import io.tidegate.tenant.Key;
import io.tidegate.tenant.Limits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory over PostgreSQL. What is known stays known until a change of its app is committed;
 * a cache computes an entry under its lock, so a read begun before a commit never outlives it.
 * While no store can be reached it counts for {@link Contact#LONGEST_WITHOUT}.
 */
@Singleton
public class JdbcDirectory implements Directory, CommandListener {
  /** Bounds memory where one installation has very many apps: about 100 MB when all are full. */
  private static final int MAX_APPS = 20_000;

  private static final int MAX_KEYS = 50_000;
  private static final int MAX_TENANTS = 20_000;

  /** Long enough that guessing costs the database little, short enough to be forgotten soon. */
  private static final Duration KNOWN_ABSENT = Duration.ofSeconds(2);

  private static final long RETRY_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(JdbcDirectory.class);

  private final JdbcDirectoryReads reads;
  private final Contact contact;
  private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
  private final Cache<AppId, Optional<App>> apps = cache(MAX_APPS);
  private final Cache<KeyName, Optional<Key>> keys = cache(MAX_KEYS);
  private final Cache<AppId, AppRules> rules = Caffeine.newBuilder().maximumSize(MAX_APPS).build();

  private final Cache<TenantId, Limits> limits =
      Caffeine.newBuilder().maximumSize(MAX_TENANTS).build();

  JdbcDirectory(JdbcDirectoryReads reads, Contact contact) {
    this.reads = reads;
    this.contact = contact;
  }

  @Override
  public Optional<App> app(AppId app) {
    requireContact(app);
    return apps.get(app, reads::app);
  }

  @Override
  public Optional<Key> key(KeyName name) {
    requireContact(name.app());
    return keys.get(name, reads::key);
  }

  /** Every publish, subscribe and credential comes by here. */
  private void requireContact(AppId app) {
    if (contact.isLost() || contact.isLate(app)) {
      reads.ask();
    }
  }

  @Override
  public AppRules rules(AppId app) {
    return rules.get(app, reads::rules);
  }

  @Override
  public void requireRulesRead(AppId app) {
    if (contact.isLate(app)) {
      throw RefusedException.retryAfter(
          Refusal.RULES_UNKNOWN,
          "the app has changed, perhaps its rules, and this node cannot read how",
          RETRY_MILLIS);
    }
  }

  @Override
  public Limits limits(TenantId tenant) {
    return limits.get(tenant, reads::limits);
  }

  @Override
  public List<AppId> apps(TenantId tenant) {
    return reads.apps(tenant);
  }

  @Override
  public List<AppId> unsettled() {
    return reads.unsettled();
  }

  @Override
  public void settle(AppId app, long change) {
    reads.settle(app, change);
    rules.invalidate(app);
  }

  @Override
  public void listen(DirectoryListener listener) {
    listeners.add(listener);
  }

  @Override
  public void told(Command command, Duration ago) {
    switch (command) {
      case Command.AppChanged it -> changed(it.app());
      case Command.RulesChanged it -> changed(it.app());
      case Command.LimitsChanged it -> limitsChanged(it.tenant());
      case Command.TokensRevoked it -> {}
      case Command.EndConnection it -> {}
      case Command.EndClient it -> {}
    }
  }

  @Override
  public void missed() {
    Set<AppId> known = new HashSet<>(apps.asMap().keySet());
    known.addAll(rules.asMap().keySet());
    keys.asMap().keySet().forEach(name -> known.add(name.app()));
    known.forEach(this::changed);
    List.copyOf(limits.asMap().keySet()).forEach(this::limitsChanged);
  }

  /** A change of the app was committed: forgets what was known, then tells everyone. */
  private void changed(AppId app) {
    apps.invalidate(app);
    rules.invalidate(app);
    keys.asMap().keySet().removeIf(name -> name.app().equals(app));
    for (DirectoryListener listener : listeners) {
      try {
        listener.changed(app);
      } catch (RuntimeException e) {
        LOG.error("A listener failed on a change of app {}", app, e);
      }
    }
  }

  /** A change of the tenant's limits was committed. */
  private void limitsChanged(TenantId tenant) {
    limits.invalidate(tenant);
    for (DirectoryListener listener : listeners) {
      try {
        listener.limitsChanged(tenant);
      } catch (RuntimeException e) {
        LOG.error("A listener failed on other limits of tenant {}", tenant, e);
      }
    }
  }

  private static <K, V> Cache<K, Optional<V>> cache(int bound) {
    return Caffeine.newBuilder()
        .maximumSize(bound)
        .expireAfter(
            Expiry.<K, Optional<V>>creating(
                (key, value) -> value.isEmpty() ? KNOWN_ABSENT : Duration.ofNanos(Long.MAX_VALUE)))
        .build();
  }
}

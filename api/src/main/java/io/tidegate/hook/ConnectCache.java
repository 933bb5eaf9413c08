package io.tidegate.hook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Narrowing;
import io.tidegate.channel.KeyName;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What connect hooks have decided, for as long as each hook lets it be kept. A credential is
 * checked before all the same, so nothing that was revoked comes in by it. No answer at all is not
 * kept: the breaker is there for that.
 */
final class ConnectCache {
  /** Some 300 bytes and the capabilities of a change each; the least used go first. */
  private static final long MAX_WEIGHT = 32 << 20;

  private static final int ENTRY_WEIGHT = 400;
  private static final int PATTERN_WEIGHT = 200;

  /** Who was refused may have been let in meanwhile, and tries again. */
  private static final Duration REFUSED = Duration.ofSeconds(10);

  private final Cache<Who, Kept> kept =
      Caffeine.newBuilder()
          .maximumWeight(MAX_WEIGHT)
          .weigher((Who who, Kept one) -> weight(one.verdict))
          .expireAfter(Expiry.creating((Who who, Kept one) -> one.lasts))
          .build();

  /**
   * Who is the same client for a hook. One token is one client, wherever it comes from; of a key,
   * and of a key's name, which many may know, the address and the page count too.
   *
   * @param version the hook's: another one after each change of it
   */
  record Who(
      UUID hook,
      long version,
      KeyName key,
      @Nullable String tokenId,
      @Nullable String clientId,
      String capabilities,
      String protocol,
      @Nullable String address,
      @Nullable String origin) {
    static Who of(Hook hook, AppPrincipal who, Visit visit) {
      boolean token = !who.isKey() && !who.isKeyNameOnly();
      return new Who(
          hook.id(),
          hook.version(),
          who.key(),
          who.tokenId(),
          who.clientId(),
          Narrowing.digest(who.rights().own()),
          visit.protocol(),
          token ? null : visit.address(),
          token ? null : visit.origin());
    }
  }

  private record Kept(Verdict<Narrowing> verdict, Duration lasts) {}

  @Nullable Verdict<Narrowing> find(Who who) {
    Kept one = kept.getIfPresent(who);
    return one == null ? null : one.verdict;
  }

  /**
   * @param now seconds since 1970
   */
  void keep(Hook hook, Who who, Verdict<Narrowing> verdict, long now) {
    Duration lasts =
        switch (verdict) {
          case Verdict.Allowed<Narrowing> allowed -> hook.cache();
          case Verdict.Refused<Narrowing> refused -> least(hook.cache(), REFUSED);
          case Verdict.Changed<Narrowing> changed -> {
            long until = changed.made().expiresAt();
            yield until == Long.MAX_VALUE
                ? hook.cache()
                : least(hook.cache(), Duration.ofSeconds(until - now));
          }
          case Verdict.Failed<Narrowing> failed -> Duration.ZERO;
        };
    if (lasts.isPositive()) {
      kept.put(who, new Kept(verdict, lasts));
    }
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static int weight(Verdict<Narrowing> verdict) {
    return verdict instanceof Verdict.Changed<Narrowing> changed
            && changed.made().capabilities() != null
        ? ENTRY_WEIGHT + PATTERN_WEIGHT * changed.made().capabilities().grants().size()
        : ENTRY_WEIGHT;
  }
}

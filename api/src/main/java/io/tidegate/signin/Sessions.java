package io.tidegate.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.scheduling.annotation.Scheduled;
import io.tidegate.account.SignedIn;
import io.tidegate.account.store.JdbcSessions;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.SecretText;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose a session's text is. What was read is believed for a moment, since a page asks many things
 * at once: what ends a session or takes a role elsewhere is known here {@value #BELIEVED_SECONDS} s
 * later, what does so here at once.
 */
@Singleton
public class Sessions {
  static final int BELIEVED_SECONDS = 2;

  /** Who is forgotten is read again. */
  private static final int MAX_BELIEVED = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final JdbcSessions store;
  private final InstantSource clock;
  private final Cache<ByteBuffer, SignedIn> believed =
      Caffeine.newBuilder()
          .maximumSize(MAX_BELIEVED)
          .expireAfterWrite(Duration.ofSeconds(BELIEVED_SECONDS))
          .build();

  public Sessions(JdbcSessions store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The session with this text; empty when there is none, or it is over. May wait for the database.
   *
   * @throws RefusedException STORE_UNAVAILABLE
   */
  public Optional<SignedIn> find(String text) {
    ByteBuffer key = ByteBuffer.wrap(SecretText.hash(text));
    SignedIn known = believed.getIfPresent(key);
    if (known != null) {
      return inForce(known);
    }
    Optional<SignedIn> found = store.find(text).flatMap(this::inForce);
    found.ifPresent(session -> believed.put(key, used(session)));
    return found;
  }

  /** The same of a session that was found before. */
  public Optional<SignedIn> find(UUID session) {
    return store.find(session).flatMap(this::inForce);
  }

  /** Something of people or sessions has changed: nothing that was read counts any more. */
  public void changed() {
    believed.invalidateAll();
  }

  private Optional<SignedIn> inForce(SignedIn session) {
    return session.isOver(clock.instant()) ? Optional.empty() : Optional.of(session);
  }

  /** Kept to the minute, so most requests cost no write. */
  private SignedIn used(SignedIn session) {
    Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
    if (minute.isAfter(session.lastSeenAt())) {
      store.used(session, minute);
    }
    return session;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void forget() {
    try {
      store.forget();
    } catch (RefusedException e) {
      LOG.warn("Sessions that are over stay until the database is back: {}", e.detail());
    }
  }
}

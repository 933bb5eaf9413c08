package io.tidegate.account.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.account.AccountId;
import io.tidegate.account.Email;
import io.tidegate.account.SessionRules;
import io.tidegate.account.SignedIn;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import io.tidegate.tenant.SecretText;
import io.tidegate.tenant.store.Absent;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sessions: their texts are kept hashed, so nobody who reads the database has one. */
@Singleton
public class JdbcSessions {
  public static final String PREFIX = "tgs_";

  private static final int MAX_ADDRESS = 64;
  private static final int MAX_USER_AGENT = 200;

  private final JdbcWork work;
  private final JdbcAccounts accounts;
  private final InstantSource clock;
  private final Sql sql;
  private final Places places;
  private final Open open;

  JdbcSessions(
      JdbcWork work,
      JdbcAccounts accounts,
      InstantSource clock,
      Sql sql,
      Places places,
      Open open) {
    this.work = work;
    this.accounts = accounts;
    this.clock = clock;
    this.sql = sql;
    this.places = places;
    this.open = open;
  }

  /**
   * Where somebody signs in from.
   *
   * @param old the text of a session that ends with it, null for none
   */
  public record Visit(
      String address,
      @Nullable String userAgent,
      @Nullable String old,
      @Nullable String requestId) {
    @Override
    public String toString() {
      return "Visit[" + address + "]";
    }
  }

  /** A new session and its text, which nothing shows again. */
  public record Opened(SignedIn session, String text) {
    @Override
    public String toString() {
      return "Opened[" + session.session() + "]";
    }
  }

  /**
   * Always a new one, with a new text: what a browser held before opens nothing.
   *
   * @param with what opened it, for the record: {@code password}, {@code link}, {@code invitation}
   */
  public Opened open(Account account, String with, Visit visit) {
    return work.write(
        Reach.EVERYTHING,
        () -> {
          Instant now = now();
          if (visit.old() != null) {
            sql.endByText(SecretText.hash(visit.old()));
          }
          String text = SecretText.draw(PREFIX);
          sql.insert(
              UuidCreator.getTimeOrderedEpoch(),
              account.id(),
              SecretText.hash(text),
              cut(visit.address(), MAX_ADDRESS),
              visit.userAgent() == null ? null : cut(visit.userAgent(), MAX_USER_AGENT),
              now,
              now.plus(SessionRules.ABSOLUTE));
          sql.endOldest(account.id(), SessionRules.MAX_PER_ACCOUNT);
          sql.seen(account.id(), now.truncatedTo(ChronoUnit.MINUTES));
          Map<String, Object> content = new LinkedHashMap<>();
          content.put("address", visit.address());
          content.put("with", with);
          Caller caller = new Caller(account.actor(), Role.VIEWER, null, visit.requestId());
          accounts.record(caller, account.accountId(), "session.created", null, content);
          return new Opened(read(text).orElseThrow(), text);
        });
  }

  /** The session with this text, over or not; empty when there is none. */
  public Optional<SignedIn> find(String text) {
    return SecretText.isShaped(PREFIX, text)
        ? work.read(Reach.EVERYTHING, () -> read(text))
        : Optional.empty();
  }

  /** The session with this id, over or not. */
  public Optional<SignedIn> find(UUID session) {
    return work.read(Reach.EVERYTHING, () -> sql.findById(session).map(this::withPlaces));
  }

  private Optional<SignedIn> read(String text) {
    return sql.findByText(SecretText.hash(text)).map(this::withPlaces);
  }

  private SignedIn withPlaces(SessionRow row) {
    return new SignedIn(
        row.id(),
        new AccountId(row.accountId()),
        row.email() == null ? null : new Email(row.email()),
        row.name(),
        row.isOperator(),
        row.hasPassword(),
        row.hasFactor(),
        places.of(row.accountId()).stream().map(MembershipRow::read).toList(),
        row.createdAt(),
        row.lastSeenAt(),
        row.expiresAt());
  }

  /** It is in use: not over for another while. */
  public void used(SignedIn session, Instant minute) {
    work.write(
        Reach.EVERYTHING,
        () -> {
          sql.seen(session.account().value(), minute);
          return sql.used(session.session(), minute);
        });
  }

  /** A person's sessions that are not over, the newest first. */
  public List<OpenSession> list(AccountId account) {
    Instant now = now();
    return work.read(
        Reach.EVERYTHING,
        () ->
            open.of(
                account.value(), now, now.minus(SessionRules.IDLE), SessionRules.MAX_PER_ACCOUNT));
  }

  /**
   * Ends one of the person's own.
   *
   * @throws io.tidegate.problem.RefusedException NOT_FOUND
   */
  public void end(Caller caller, AccountId account, UUID session) {
    work.write(
        Reach.EVERYTHING,
        () -> {
          if (sql.end(account.value(), session) == 0) {
            throw Absent.refusal();
          }
          accounts.record(caller, account, "session.ended", Map.of("id", session), null);
          return session;
        });
  }

  /** Ends all but one. */
  long endOthers(AccountId account, UUID session) {
    return sql.endOthers(account.value(), session);
  }

  /** What is over is of no use to anybody. */
  public void forget() {
    Instant now = now();
    work.write(Reach.EVERYTHING, () -> sql.forget(now, now.minus(SessionRules.IDLE)));
  }

  private Instant now() {
    return clock.instant();
  }

  private static String cut(String text, int max) {
    String plain = text.replaceAll("\\p{Cntrl}", " ");
    return plain.length() <= max ? plain : plain.substring(0, max);
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<SessionRow, UUID> {
    String SELECT =
        """
        SELECT s.id, s.account_id, a.email, a.name, s.created_at, s.last_seen_at, s.expires_at,
          EXISTS (SELECT 1 FROM operators o WHERE o.account_id = a.id) AS is_operator,
          a.password_hash IS NOT NULL AS has_password,
          EXISTS (SELECT 1 FROM second_factors f WHERE f.account_id = a.id
            AND f.confirmed_at IS NOT NULL) AS has_factor
        FROM sessions s JOIN accounts a ON a.id = s.account_id
        """;

    @Query(SELECT + "WHERE s.text_hash = :hash")
    Optional<SessionRow> findByText(byte[] hash);

    @Query(SELECT + "WHERE s.id = :id")
    Optional<SessionRow> findById(UUID id);

    @Query(
        """
        INSERT INTO sessions (id, account_id, text_hash, address, user_agent, created_at,
          last_seen_at, expires_at)
        VALUES (:id, :accountId, :hash, :address, :userAgent, :now, :now, :expiresAt)
        """)
    long insert(
        UUID id,
        UUID accountId,
        byte[] hash,
        String address,
        @Nullable String userAgent,
        Instant now,
        Instant expiresAt);

    @Query(
        """
        DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE account_id = :accountId
          ORDER BY created_at DESC, id DESC OFFSET :keep)
        """)
    long endOldest(UUID accountId, int keep);

    @Query("UPDATE sessions SET last_seen_at = greatest(last_seen_at, :at) WHERE id = :id")
    long used(UUID id, Instant at);

    @Query("UPDATE accounts SET last_seen_at = :at WHERE id = :accountId")
    long seen(UUID accountId, Instant at);

    @Query("DELETE FROM sessions WHERE text_hash = :hash")
    long endByText(byte[] hash);

    @Query("DELETE FROM sessions WHERE account_id = :accountId AND id = :id")
    long end(UUID accountId, UUID id);

    @Query("DELETE FROM sessions WHERE account_id = :accountId AND id <> :id")
    long endOthers(UUID accountId, UUID id);

    @Query("DELETE FROM sessions WHERE expires_at < :now OR last_seen_at < :idle")
    long forget(Instant now, Instant idle);
  }

  /** In which tenants a person is. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Places extends GenericRepository<MembershipRow, UUID> {
    @Query(
        """
        SELECT m.tenant_id, t.name AS tenant_name, m.role
        FROM members m JOIN tenants t ON t.id = m.tenant_id AND t.deleted_at IS NULL
        WHERE m.account_id = :accountId ORDER BY m.ordinal
        """)
    List<MembershipRow> of(UUID accountId);
  }

  /** A person's sessions. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Open extends GenericRepository<OpenSession, UUID> {
    @Query(
        """
        SELECT id, address, user_agent, created_at, last_seen_at FROM sessions
        WHERE account_id = :accountId AND expires_at > :now AND last_seen_at > :idle
        ORDER BY created_at DESC, id DESC LIMIT :limit
        """)
    List<OpenSession> of(UUID accountId, Instant now, Instant idle, int limit);
  }
}

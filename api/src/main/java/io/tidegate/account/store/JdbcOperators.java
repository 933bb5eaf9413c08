package io.tidegate.account.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.account.Email;
import io.tidegate.account.SessionRules;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.SecretText;
import io.tidegate.tenant.store.Absent;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.JdbcAudit.Target;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Page;
import io.tidegate.tenant.store.Reach;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operators, who may everything. Trusts its callers: only operators get here. */
@Singleton
public class JdbcOperators {
  private static final String FIRST = "Operator";

  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcAccounts accounts;
  private final InstantSource clock;
  private final Sql sql;
  private final People people;

  JdbcOperators(
      JdbcWork work,
      JdbcAudit audit,
      JdbcAccounts accounts,
      InstantSource clock,
      Sql sql,
      People people) {
    this.work = work;
    this.audit = audit;
    this.accounts = accounts;
    this.clock = clock;
    this.sql = sql;
    this.people = people;
  }

  /** In order of creation. */
  public Page<Operator> list(int limit, long afterOrdinal) {
    return work.read(Reach.EVERYTHING, () -> Page.of(sql.list(afterOrdinal, limit + 1), limit));
  }

  /**
   * @throws RefusedException ALREADY_MEMBER; whose invitation is too old is invited anew
   */
  public Link<Operator> invite(Caller caller, Email email) {
    return work.write(
        Reach.EVERYTHING,
        () -> {
          Instant now = clock.instant();
          sql.forget(email.key(), now);
          UUID id = UuidCreator.getTimeOrderedEpoch();
          String text = SecretText.draw(JdbcInvitations.PREFIX);
          Instant expiresAt = now.plus(SessionRules.INVITATION);
          if (sql.isKnown(email.key())
              || sql.insert(
                      id,
                      email.text(),
                      email.key(),
                      SecretText.hash(text),
                      expiresAt,
                      caller.actor().name())
                  == 0) {
            throw new RefusedException(
                Refusal.ALREADY_MEMBER, "This e-mail is an operator's, or invited already.");
          }
          Operator operator = sql.find(id).orElseThrow();
          record(caller, operator, "invited", null, operator.content());
          return new Link<>(operator, text, expiresAt);
        });
  }

  public void remove(Caller caller, UUID id) {
    work.write(
        Reach.EVERYTHING,
        () -> {
          Operator old = sql.find(id).orElseThrow(Absent::refusal);
          sql.delete(id);
          record(caller, old, "removed", old.content(), null);
          return old;
        });
  }

  /** Whom the link of a start signs in; made when there is none yet, or none any more. */
  public Account first() {
    return work.write(
        Reach.EVERYTHING,
        () -> {
          sql.holdFirst();
          Optional<Account> known = people.byLink();
          if (known.isPresent()) {
            return known.get();
          }
          Account made = accounts.create(null, FIRST, null);
          UUID id = UuidCreator.getTimeOrderedEpoch();
          sql.insertByLink(id, made.id());
          Operator operator = sql.find(id).orElseThrow();
          record(Caller.SYSTEM, operator, "created", null, operator.content());
          return made;
        });
  }

  private void record(
      Caller caller,
      Operator operator,
      String verb,
      @Nullable Map<String, ?> before,
      @Nullable Map<String, ?> after) {
    Target target = new Target("operator", operator.id().toString());
    audit.append(caller, JdbcAudit.INSTALLATION, "operator." + verb, target, before, after);
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<Operator, UUID> {
    String SELECT =
        """
        SELECT o.id, o.ordinal, o.account_id, coalesce(o.email, a.email) AS email, a.name,
          o.created_at, a.last_seen_at, o.invitation_expires_at
        FROM operators o LEFT JOIN accounts a ON a.id = o.account_id
        """;

    @Query(SELECT + "WHERE o.id = :id")
    Optional<Operator> find(UUID id);

    @Query(SELECT + "WHERE o.ordinal > :afterOrdinal ORDER BY o.ordinal LIMIT :limit")
    List<Operator> list(long afterOrdinal, int limit);

    @Query(
        """
        SELECT EXISTS (SELECT 1 FROM operators o LEFT JOIN accounts a ON a.id = o.account_id
          WHERE o.email_key = :key OR a.email_key = :key)
        """)
    boolean isKnown(String key);

    @Query(
        """
        DELETE FROM operators WHERE email_key = :key AND account_id IS NULL
          AND invitation_expires_at < :now
        """)
    long forget(String key, Instant now);

    @Query(
        """
        INSERT INTO operators (id, email, email_key, invitation_hash, invitation_expires_at,
          invited_by)
        VALUES (:id, :email, :key, :hash, :expiresAt, :invitedBy)
        ON CONFLICT (email_key) DO NOTHING
        """)
    long insert(
        UUID id,
        String email,
        String key,
        byte[] hash,
        Instant expiresAt,
        @Nullable String invitedBy);

    @Query("INSERT INTO operators (id, account_id, by_link) VALUES (:id, :accountId, true)")
    long insertByLink(UUID id, UUID accountId);

    /** Two links used at once make one operator. The number is the letters "tdgo". */
    @Query("SELECT count(*) FROM (SELECT pg_advisory_xact_lock(1952737135)) AS held")
    long holdFirst();

    @Query("DELETE FROM operators WHERE id = :id")
    long delete(UUID id);
  }

  /** The first operator's account. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface People extends GenericRepository<Account, UUID> {
    @Query(
        """
        SELECT a.id, a.email, a.name, a.password_hash
        FROM accounts a JOIN operators o ON o.account_id = a.id WHERE o.by_link
        """)
    Optional<Account> byLink();
  }
}

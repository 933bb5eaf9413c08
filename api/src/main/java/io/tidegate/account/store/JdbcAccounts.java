package io.tidegate.account.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.account.AccountId;
import io.tidegate.account.Email;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.JdbcAudit.Target;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts. */
@Singleton
public class JdbcAccounts {
  private final JdbcWork work;
  private final JdbcAudit audit;
  private final Sql sql;

  JdbcAccounts(JdbcWork work, JdbcAudit audit, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.sql = sql;
  }

  public Optional<Account> find(Email email) {
    return work.read(Reach.EVERYTHING, () -> sql.findByKey(email.key()));
  }

  public Optional<Account> find(AccountId id) {
    return work.read(Reach.EVERYTHING, () -> sql.find(id.value()));
  }

  /**
   * A new one.
   *
   * @throws RefusedException CONFLICT when the e-mail has one since a moment ago
   */
  Account create(@Nullable Email email, String name, @Nullable String passwordHash) {
    UUID id = AccountId.create().value();
    String key = email == null ? null : email.key();
    if (sql.insert(id, email == null ? null : email.text(), key, name, passwordHash) == 0) {
      throw taken();
    }
    return sql.find(id).orElseThrow();
  }

  /**
   * A new one, or what is left of one that has no place anywhere: so somebody who has lost the
   * password gets in again. Sessions and second factor of before are gone.
   *
   * @throws RefusedException CONFLICT when the e-mail is in use since a moment ago
   */
  Account createOrRenew(Email email, String name, String passwordHash) {
    sql.holdKey(email.key());
    Optional<Account> old = sql.findByKey(email.key());
    if (old.isEmpty()) {
      return create(email, name, passwordHash);
    }
    UUID id = old.get().id();
    sql.lock(id);
    if (sql.hasPlace(id)) {
      throw taken();
    }
    sql.setName(id, name);
    sql.setPassword(id, passwordHash);
    sql.endAll(id);
    sql.dropFactor(id);
    return sql.find(id).orElseThrow();
  }

  /**
   * Null leaves a part as it is.
   *
   * @throws RefusedException CONFLICT when the e-mail is another's
   */
  public void update(Caller caller, AccountId id, @Nullable String name, @Nullable Email email) {
    work.write(
        Reach.EVERYTHING,
        () -> {
          Account old = sql.lock(id.value()).orElseThrow();
          if (email != null) {
            sql.holdKey(email.key());
            sql.findByKey(email.key())
                .filter(other -> !other.id().equals(old.id()))
                .ifPresent(
                    other -> {
                      throw taken();
                    });
            sql.setEmail(old.id(), email.text(), email.key());
          }
          if (name != null) {
            sql.setName(old.id(), name);
          }
          Account now = sql.find(old.id()).orElseThrow();
          record(caller, id, "account.updated", content(old), content(now));
          return now;
        });
  }

  /** Sets the password and ends every other session. */
  public void setPassword(Caller caller, AccountId id, String hash, UUID session) {
    work.write(
        Reach.EVERYTHING,
        () -> {
          sql.setPassword(id.value(), hash);
          long ended = sql.endOthers(id.value(), session);
          record(caller, id, "password.changed", null, Map.of("sessionsEnded", ended));
          return ended;
        });
  }

  /** On the installation's record. */
  void record(
      Caller caller,
      AccountId id,
      String action,
      @Nullable Map<String, ?> before,
      @Nullable Map<String, ?> after) {
    Target target = new Target("account", id.toString());
    audit.append(caller, JdbcAudit.INSTALLATION, action, target, before, after);
  }

  private static Map<String, @Nullable Object> content(Account account) {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    content.put("name", account.name());
    content.put("email", account.email());
    return content;
  }

  private static RefusedException taken() {
    return new RefusedException(Refusal.CONFLICT, "This e-mail is in use.");
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<Account, UUID> {
    String COLUMNS = " id, email, name, password_hash ";

    @Query("SELECT" + COLUMNS + "FROM accounts WHERE email_key = :key")
    Optional<Account> findByKey(String key);

    @Query("SELECT" + COLUMNS + "FROM accounts WHERE id = :id")
    Optional<Account> find(UUID id);

    @Query("SELECT" + COLUMNS + "FROM accounts WHERE id = :id FOR UPDATE")
    Optional<Account> lock(UUID id);

    /** Until the end of the transaction nobody else takes this e-mail. */
    @Query(
        "SELECT count(*) FROM (SELECT pg_advisory_xact_lock(1952736611, hashtext(:key))) AS held")
    long holdKey(String key);

    @Query(
        """
        INSERT INTO accounts (id, email, email_key, name, password_hash)
        VALUES (:id, :email, :key, :name, :passwordHash) ON CONFLICT (email_key) DO NOTHING
        """)
    long insert(
        UUID id,
        @Nullable String email,
        @Nullable String key,
        String name,
        @Nullable String passwordHash);

    @Query("UPDATE accounts SET email = :email, email_key = :key WHERE id = :id")
    long setEmail(UUID id, String email, String key);

    @Query("UPDATE accounts SET name = :name WHERE id = :id")
    long setName(UUID id, String name);

    @Query("UPDATE accounts SET password_hash = :hash WHERE id = :id")
    long setPassword(UUID id, String hash);

    @Query(
        """
        SELECT EXISTS (SELECT 1 FROM members WHERE account_id = :id)
          OR EXISTS (SELECT 1 FROM operators WHERE account_id = :id)
        """)
    boolean hasPlace(UUID id);

    @Query("DELETE FROM sessions WHERE account_id = :id")
    long endAll(UUID id);

    @Query("DELETE FROM second_factors WHERE account_id = :id")
    long dropFactor(UUID id);

    @Query("DELETE FROM sessions WHERE account_id = :id AND id <> :session")
    long endOthers(UUID id, UUID session);
  }
}

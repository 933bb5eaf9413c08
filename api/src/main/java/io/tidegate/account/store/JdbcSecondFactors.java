package io.tidegate.account.store;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.account.AccountId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Envelope;
import io.tidegate.tenant.SecretText;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import io.tidegate.tenant.store.SecretLabels;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Second factors: secrets sealed, recovery codes hashed, no code good twice. */
@Singleton
public class JdbcSecondFactors {
  private final JdbcWork work;
  private final JdbcAccounts accounts;
  private final JdbcSessions sessions;
  private final Envelope envelope;
  private final Sql sql;

  JdbcSecondFactors(
      JdbcWork work, JdbcAccounts accounts, JdbcSessions sessions, Envelope envelope, Sql sql) {
    this.work = work;
    this.accounts = accounts;
    this.sessions = sessions;
    this.envelope = envelope;
    this.sql = sql;
  }

  /**
   * What makes the codes.
   *
   * @param confirmed whether a sign-in asks for one
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Factor(byte[] secret, boolean confirmed) {
    @Override
    public String toString() {
      return "Factor[" + confirmed + "]";
    }
  }

  public Optional<Factor> find(AccountId account) {
    return work.read(Reach.EVERYTHING, () -> sql.find(account.value()))
        .map(
            row ->
                new Factor(
                    envelope.open(SecretLabels.ofSecondFactor(account.value()), row.secretSealed()),
                    row.confirmedAt() != null));
  }

  /**
   * Keeps a secret that no code was shown of yet.
   *
   * @throws RefusedException CONFLICT when there is one that is confirmed
   */
  public void begin(AccountId account, byte[] secret) {
    byte[] sealed = envelope.seal(SecretLabels.ofSecondFactor(account.value()), secret);
    if (work.write(Reach.EVERYTHING, () -> sql.begin(account.value(), sealed)) == 0) {
      throw new RefusedException(Refusal.CONFLICT, "There is a second factor already.");
    }
  }

  /**
   * From now on a sign-in asks for a code; the person's other sessions end.
   *
   * @param step of the code that was shown
   * @throws RefusedException CONFLICT when none was begun, or it is confirmed already
   */
  public void confirm(
      Caller caller, AccountId account, UUID session, long step, List<String> codes) {
    work.write(
        Reach.EVERYTHING,
        () -> {
          if (sql.confirm(account.value(), step) == 0) {
            throw new RefusedException(Refusal.CONFLICT, "There is nothing to confirm.");
          }
          sql.forgetCodes(account.value());
          codes.forEach(code -> sql.addCode(account.value(), SecretText.hash(code)));
          long ended = sessions.endOthers(account, session);
          accounts.record(caller, account, "secondFactor.added", null, null);
          return ended;
        });
  }

  /** Whether the code of this time step was good until now; neither it nor an older one again. */
  public boolean spend(AccountId account, long step) {
    return work.write(Reach.EVERYTHING, () -> sql.spend(account.value(), step)) == 1;
  }

  /** Whether it was a recovery code; it is none any more. */
  public boolean spendRecovery(AccountId account, String code) {
    return work.write(Reach.EVERYTHING, () -> sql.spendCode(account.value(), SecretText.hash(code)))
        == 1;
  }

  public void remove(Caller caller, AccountId account) {
    work.write(
        Reach.EVERYTHING,
        () -> {
          long rows = sql.remove(account.value());
          accounts.record(caller, account, "secondFactor.removed", null, null);
          return rows;
        });
  }

  /** A factor as it is kept. */
  @MappedEntity("second_factors")
  @SuppressWarnings("ArrayRecordComponent") // rows are not compared
  record Row(@Id UUID accountId, byte[] secretSealed, @Nullable Instant confirmedAt) {}

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<Row, UUID> {
    @Query(
        "SELECT account_id, secret_sealed, confirmed_at FROM second_factors"
            + " WHERE account_id = :accountId")
    Optional<Row> find(UUID accountId);

    @Query(
        """
        INSERT INTO second_factors (account_id, secret_sealed) VALUES (:accountId, :sealed)
        ON CONFLICT (account_id) DO UPDATE SET secret_sealed = excluded.secret_sealed,
          last_step = 0 WHERE second_factors.confirmed_at IS NULL
        """)
    long begin(UUID accountId, byte[] sealed);

    @Query(
        """
        UPDATE second_factors SET confirmed_at = now(), last_step = :step
        WHERE account_id = :accountId AND confirmed_at IS NULL
        """)
    long confirm(UUID accountId, long step);

    @Query(
        """
        UPDATE second_factors SET last_step = :step
        WHERE account_id = :accountId AND last_step < :step
        """)
    long spend(UUID accountId, long step);

    @Query("DELETE FROM recovery_codes WHERE account_id = :accountId")
    long forgetCodes(UUID accountId);

    @Query("INSERT INTO recovery_codes (account_id, code_hash) VALUES (:accountId, :hash)")
    long addCode(UUID accountId, byte[] hash);

    @Query("DELETE FROM recovery_codes WHERE account_id = :accountId AND code_hash = :hash")
    long spendCode(UUID accountId, byte[] hash);

    @Query("DELETE FROM second_factors WHERE account_id = :accountId")
    long remove(UUID accountId);
  }
}

package io.tidegate.account.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.account.AccountId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import io.tidegate.tenant.SecretText;
import io.tidegate.tenant.store.Absent;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.JdbcAudit.Target;
import io.tidegate.tenant.store.JdbcWork;
import io.tidegate.tenant.store.Reach;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invitations by the text of their link: good once, within their days. */
@Singleton
public class JdbcInvitations {
  public static final String PREFIX = "tgi_";

  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcAccounts accounts;
  private final InstantSource clock;
  private final Sql sql;

  JdbcInvitations(
      JdbcWork work, JdbcAudit audit, JdbcAccounts accounts, InstantSource clock, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.accounts = accounts;
    this.clock = clock;
    this.sql = sql;
  }

  /** Who is to be made, where the e-mail has no account. */
  public record Newcomer(String name, String passwordHash) {
    @Override
    public String toString() {
      return "Newcomer[" + name + "]";
    }
  }

  /**
   * @throws RefusedException NOT_FOUND for one that is unknown, used, withdrawn or too old
   */
  public Invitation read(String text) {
    if (!SecretText.isShaped(PREFIX, text)) {
      throw Absent.refusal();
    }
    return work.read(Reach.EVERYTHING, () -> find(text)).orElseThrow(Absent::refusal);
  }

  /**
   * Makes its person what it says.
   *
   * @param signedIn who asks; null without a session
   * @param newcomer null where nobody is to be made
   * @throws RefusedException NOT_FOUND; CREDENTIAL_MISSING where an account that exists must sign
   *     in first, ROLE_INSUFFICIENT where another one has, ALREADY_MEMBER
   */
  public Account accept(
      String text,
      @Nullable AccountId signedIn,
      @Nullable Newcomer newcomer,
      @Nullable String requestId) {
    return work.write(
        Reach.EVERYTHING,
        () -> {
          byte[] hash = SecretText.hash(text);
          sql.lockMember(hash);
          sql.lockOperator(hash);
          Invitation invitation = find(text).orElseThrow(Absent::refusal);
          Account account = account(invitation, signedIn, newcomer);
          join(invitation, account);
          Caller caller = new Caller(account.actor(), Role.VIEWER, null, requestId);
          String kind = invitation.tenantId() == null ? "operator" : "member";
          audit.append(
              caller,
              invitation.tenantId() == null
                  ? JdbcAudit.INSTALLATION
                  : new TenantId(invitation.tenantId()),
              kind + ".joined",
              new Target(kind, invitation.id().toString()),
              null,
              Map.of("email", invitation.email(), "role", invitation.role()));
          return account;
        });
  }

  private Account account(
      Invitation invitation, @Nullable AccountId signedIn, @Nullable Newcomer newcomer) {
    UUID existing = invitation.existing();
    if (existing == null) {
      if (newcomer == null) {
        throw new IllegalStateException("nobody was asked who they are");
      }
      return accounts.createOrRenew(
          invitation.emailRead(), newcomer.name(), newcomer.passwordHash());
    }
    requireOwn(existing, signedIn);
    return accounts.find(new AccountId(existing)).orElseThrow();
  }

  /**
   * An invitation to somebody who has an account is theirs to accept.
   *
   * @throws RefusedException CREDENTIAL_MISSING, ROLE_INSUFFICIENT
   */
  public static void requireOwn(UUID existing, @Nullable AccountId signedIn) {
    if (signedIn == null) {
      throw new RefusedException(
          Refusal.CREDENTIAL_MISSING, "The e-mail has an account: sign in with it first.");
    }
    if (!signedIn.value().equals(existing)) {
      throw new RefusedException(
          Refusal.ROLE_INSUFFICIENT, "The invitation is for another account.");
    }
  }

  private void join(Invitation invitation, Account account) {
    boolean member = invitation.tenantId() != null;
    boolean known =
        member ? sql.isMember(invitation.tenantId(), account.id()) : sql.isOperator(account.id());
    if (known) {
      throw new RefusedException(Refusal.ALREADY_MEMBER, "The account is that already.");
    }
    long rows =
        member
            ? sql.joinTenant(invitation.id(), account.id())
            : sql.joinOperators(invitation.id(), account.id());
    if (rows != 1) {
      throw Absent.refusal();
    }
  }

  private Optional<Invitation> find(String text) {
    byte[] hash = SecretText.hash(text);
    Instant now = clock.instant();
    return sql.ofMember(hash, now).or(() -> sql.ofOperator(hash, now));
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<Invitation, UUID> {
    @Query(
        """
        SELECT m.id, m.tenant_id, t.name AS tenant_name, m.email, m.role, m.invited_by,
          a.id AS existing, m.invitation_expires_at AS expires_at
        FROM members m JOIN tenants t ON t.id = m.tenant_id AND t.deleted_at IS NULL
        LEFT JOIN accounts a ON a.email_key = m.email_key AND
          (EXISTS (SELECT 1 FROM members x WHERE x.account_id = a.id)
            OR EXISTS (SELECT 1 FROM operators x WHERE x.account_id = a.id))
        WHERE m.invitation_hash = :hash AND m.invitation_expires_at > :now
        """)
    Optional<Invitation> ofMember(byte[] hash, Instant now);

    @Query(
        """
        SELECT o.id, CAST(NULL AS uuid) AS tenant_id, CAST(NULL AS text) AS tenant_name, o.email,
          'operator' AS role, o.invited_by, a.id AS existing,
          o.invitation_expires_at AS expires_at
        FROM operators o LEFT JOIN accounts a ON a.email_key = o.email_key AND
          (EXISTS (SELECT 1 FROM members x WHERE x.account_id = a.id)
            OR EXISTS (SELECT 1 FROM operators x WHERE x.account_id = a.id))
        WHERE o.invitation_hash = :hash AND o.invitation_expires_at > :now
        """)
    Optional<Invitation> ofOperator(byte[] hash, Instant now);

    @Query("SELECT id FROM members WHERE invitation_hash = :hash FOR UPDATE")
    Optional<UUID> lockMember(byte[] hash);

    @Query("SELECT id FROM operators WHERE invitation_hash = :hash FOR UPDATE")
    Optional<UUID> lockOperator(byte[] hash);

    @Query(
        """
        SELECT EXISTS (SELECT 1 FROM members
          WHERE tenant_id = :tenantId AND account_id = :accountId)
        """)
    boolean isMember(UUID tenantId, UUID accountId);

    @Query("SELECT EXISTS (SELECT 1 FROM operators WHERE account_id = :accountId)")
    boolean isOperator(UUID accountId);

    @Query(
        """
        UPDATE members SET account_id = :accountId, email = NULL, email_key = NULL,
          invitation_hash = NULL, invitation_expires_at = NULL
        WHERE id = :id AND account_id IS NULL
        """)
    long joinTenant(UUID id, UUID accountId);

    @Query(
        """
        UPDATE operators SET account_id = :accountId, email = NULL, email_key = NULL,
          invitation_hash = NULL, invitation_expires_at = NULL
        WHERE id = :id AND account_id IS NULL
        """)
    long joinOperators(UUID id, UUID accountId);
  }
}

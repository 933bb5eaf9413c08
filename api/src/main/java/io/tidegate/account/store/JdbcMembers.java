package io.tidegate.account.store;

import com.github.f4b6a3.uuid.UuidCreator;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import io.tidegate.account.Email;
import io.tidegate.account.SessionRules;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import io.tidegate.tenant.SecretText;
import io.tidegate.tenant.store.Absent;
import io.tidegate.tenant.store.JdbcAudit;
import io.tidegate.tenant.store.JdbcAudit.Target;
import io.tidegate.tenant.store.JdbcTenants;
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

/** Members of tenants: nobody gives or takes a role above their own, and the last owner stays. */
@Singleton
public class JdbcMembers {
  private final JdbcWork work;
  private final JdbcAudit audit;
  private final JdbcTenants tenants;
  private final InstantSource clock;
  private final Sql sql;

  JdbcMembers(JdbcWork work, JdbcAudit audit, JdbcTenants tenants, InstantSource clock, Sql sql) {
    this.work = work;
    this.audit = audit;
    this.tenants = tenants;
    this.clock = clock;
    this.sql = sql;
  }

  /** A tenant's members in order of creation. */
  public Page<Member> list(Caller caller, TenantId tenant, int limit, long afterOrdinal) {
    return work.read(
        Reach.of(caller),
        () -> {
          tenants.read(caller, tenant);
          return Page.of(sql.list(tenant.value(), afterOrdinal, limit + 1), limit);
        });
  }

  /**
   * @throws RefusedException ROLE_INSUFFICIENT, ALREADY_MEMBER
   */
  public Link<Member> invite(Caller caller, TenantId tenant, Email email, Role role) {
    caller.require(role, "An invitation to that role");
    return work.write(
        Reach.of(caller),
        () -> {
          tenants.hold(caller, tenant);
          if (sql.isKnown(tenant.value(), email.key())) {
            throw new RefusedException(
                Refusal.ALREADY_MEMBER, "This e-mail is a member, or invited already.");
          }
          UUID id = UuidCreator.getTimeOrderedEpoch();
          String text = SecretText.draw(JdbcInvitations.PREFIX);
          Instant expiresAt = expiresAt();
          long rows =
              sql.insert(
                  id,
                  tenant.value(),
                  role.wireName(),
                  email.text(),
                  email.key(),
                  SecretText.hash(text),
                  expiresAt,
                  caller.actor().name());
          if (rows == 0) {
            throw new RefusedException(Refusal.ALREADY_MEMBER, "This e-mail was invited just now.");
          }
          Member member = sql.find(tenant.value(), id).orElseThrow();
          record(caller, member, "invited", null, member.content());
          return new Link<>(member, text, expiresAt);
        });
  }

  /**
   * A new link in place of the one before.
   *
   * @throws RefusedException ALREADY_MEMBER, ROLE_INSUFFICIENT, NOT_FOUND
   */
  public Link<Member> renew(Caller caller, TenantId tenant, UUID id) {
    return work.write(
        Reach.of(caller),
        () -> {
          Member member = lock(caller, tenant, id);
          caller.require(member.roleRead(), "An invitation to that role");
          String text = SecretText.draw(JdbcInvitations.PREFIX);
          Instant expiresAt = expiresAt();
          if (sql.renew(id, SecretText.hash(text), expiresAt, caller.actor().name()) == 0) {
            throw new RefusedException(
                Refusal.ALREADY_MEMBER, "The invitation has been accepted already.");
          }
          record(caller, member, "invitedAgain", null, member.content());
          return new Link<>(sql.find(tenant.value(), id).orElseThrow(), text, expiresAt);
        });
  }

  /**
   * @throws RefusedException ROLE_INSUFFICIENT, LAST_OWNER, NOT_FOUND
   */
  public Member update(Caller caller, TenantId tenant, UUID id, Role role) {
    caller.require(role, "That role");
    return work.write(
        Reach.of(caller),
        () -> {
          Member old = lock(caller, tenant, id);
          caller.require(old.roleRead(), "A change of that role");
          if (role != Role.OWNER) {
            requireAnotherOwner(old);
          }
          sql.setRole(id, role.wireName());
          Member member = sql.find(tenant.value(), id).orElseThrow();
          record(caller, member, "updated", old.content(), member.content());
          return member;
        });
  }

  /**
   * @throws RefusedException ROLE_INSUFFICIENT, LAST_OWNER, NOT_FOUND
   */
  public void remove(Caller caller, TenantId tenant, UUID id) {
    work.write(
        Reach.of(caller),
        () -> {
          Member old = lock(caller, tenant, id);
          caller.require(old.roleRead(), "The end of that role");
          requireAnotherOwner(old);
          sql.delete(id);
          record(caller, old, "removed", old.content(), null);
          return old;
        });
  }

  /** Owners are locked all, so that two who leave at once do not both see the other stay. */
  private void requireAnotherOwner(Member leaving) {
    if (leaving.isActive() && leaving.roleRead() == Role.OWNER) {
      List<UUID> owners = sql.lockOwners(leaving.tenantId());
      if (owners.stream().allMatch(leaving.id()::equals)) {
        throw new RefusedException(
            Refusal.LAST_OWNER, "This is the tenant's last owner: make another one first.");
      }
    }
  }

  private Member lock(Caller caller, TenantId tenant, UUID id) {
    tenants.hold(caller, tenant);
    sql.lock(tenant.value(), id);
    return sql.find(tenant.value(), id).orElseThrow(Absent::refusal);
  }

  private Instant expiresAt() {
    return clock.instant().plus(SessionRules.INVITATION);
  }

  private void record(
      Caller caller,
      Member member,
      String verb,
      @Nullable Map<String, ?> before,
      @Nullable Map<String, ?> after) {
    Target target = new Target("member", member.id().toString());
    audit.append(caller, member.tenant(), "member." + verb, target, before, after);
  }

  /** The statements. */
  @JdbcRepository(dialect = Dialect.POSTGRES)
  interface Sql extends GenericRepository<Member, UUID> {
    String SELECT =
        """
        SELECT m.id, m.tenant_id, m.ordinal, m.account_id, coalesce(m.email, a.email, '') AS email,
          a.name, m.role, m.created_at, a.last_seen_at, m.invitation_expires_at
        FROM members m LEFT JOIN accounts a ON a.id = m.account_id
        """;

    @Query(SELECT + "WHERE m.tenant_id = :tenantId AND m.id = :id")
    Optional<Member> find(UUID tenantId, UUID id);

    @Query(
        SELECT
            + "WHERE m.tenant_id = :tenantId AND m.ordinal > :afterOrdinal"
            + " ORDER BY m.ordinal LIMIT :limit")
    List<Member> list(UUID tenantId, long afterOrdinal, int limit);

    @Query(
        """
        SELECT EXISTS (SELECT 1 FROM members m LEFT JOIN accounts a ON a.id = m.account_id
          WHERE m.tenant_id = :tenantId AND (m.email_key = :key OR a.email_key = :key))
        """)
    boolean isKnown(UUID tenantId, String key);

    @Query(
        """
        INSERT INTO members (id, tenant_id, role, email, email_key, invitation_hash,
          invitation_expires_at, invited_by)
        VALUES (:id, :tenantId, :role, :email, :key, :hash, :expiresAt, :invitedBy)
        ON CONFLICT (tenant_id, email_key) DO NOTHING
        """)
    long insert(
        UUID id,
        UUID tenantId,
        String role,
        String email,
        String key,
        byte[] hash,
        Instant expiresAt,
        @Nullable String invitedBy);

    @Query(
        """
        UPDATE members SET invitation_hash = :hash, invitation_expires_at = :expiresAt,
          invited_by = :invitedBy WHERE id = :id AND account_id IS NULL
        """)
    long renew(UUID id, byte[] hash, Instant expiresAt, @Nullable String invitedBy);

    @Query("SELECT id FROM members WHERE tenant_id = :tenantId AND id = :id FOR UPDATE")
    Optional<UUID> lock(UUID tenantId, UUID id);

    @Query(
        """
        SELECT id FROM members WHERE tenant_id = :tenantId AND role = 'owner'
          AND account_id IS NOT NULL ORDER BY id FOR UPDATE
        """)
    List<UUID> lockOwners(UUID tenantId);

    @Query("UPDATE members SET role = :role WHERE id = :id")
    long setRole(UUID id, String role);

    @Query("DELETE FROM members WHERE id = :id")
    long delete(UUID id);
  }
}

package io.tidegate.tenant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.TestContext;
import io.tidegate.account.Email;
import io.tidegate.account.store.JdbcAccounts;
import io.tidegate.account.store.JdbcInvitations;
import io.tidegate.account.store.JdbcMembers;
import io.tidegate.auth.Revocation;
import io.tidegate.auth.RevocationStore;
import io.tidegate.channel.ChannelId;
import io.tidegate.channel.ChannelName;
import io.tidegate.channel.Draft;
import io.tidegate.channel.Durability;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.PublishUnit;
import io.tidegate.channel.Retention;
import io.tidegate.channel.TenantId;
import io.tidegate.hook.HookKind;
import io.tidegate.hook.store.HookChange;
import io.tidegate.hook.store.JdbcHooks;
import io.tidegate.log.MessageLog;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.refusal.Circumstance;
import io.tidegate.refusal.Occurrence;
import io.tidegate.refusal.Refusals;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import io.tidegate.usage.Meters;
import io.tidegate.usage.Usage;
import io.tidegate.webhook.Attempt;
import io.tidegate.webhook.DeliveryQueue;
import io.tidegate.webhook.EventType;
import io.tidegate.webhook.Subject;
import io.tidegate.webhook.Targets;
import io.tidegate.webhook.WebhookEvents;
import io.tidegate.webhook.store.JdbcWebhooks;
import io.tidegate.webhook.store.WebhookChange;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What PostgreSQL lets through when a statement has lost its {@code WHERE tenant_id}. The tables
 * are taken from the catalog: a new one without policies fails here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowIsolationTest {
  private static final String DATABASE = "row_isolation";
  private static final String REFUSED = "42501";
  private static final Retention KEEP = new Retention(Integer.MAX_VALUE, 86_400);
  private static final String TENANT_ROLE =
      "SELECT set_config('role', tidegate_tenant_role(), true)";
  private static final String SYSTEM_ROLE =
      "SELECT set_config('role', tidegate_system_role(), true)";

  private final StoreFixture store = new StoreFixture(DATABASE, TestContext.startAsOwner(DATABASE));
  private AppEntry own;
  private AppEntry foreign;

  @BeforeAll
  void twoTenantsWithAllThereIs() {
    own = everything();
    foreign = everything();
    // By whoever is first in a minute, this context's own job too: then the next minute's counts.
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () -> {
              store.bean(Usage.class).measure();
              try (Connection all = as(SYSTEM_ROLE, null)) {
                return count(all, "usage", "stored_bytes > 0") > 0;
              }
            });
  }

  @AfterAll
  void stop() {
    store.close();
  }

  private AppEntry everything() {
    AppEntry app = store.app();
    store.key(app.appId());
    store.put(app.appId(), "chat", "chat:*", Durability.DURABLE);
    store
        .bean(JdbcControlTokens.class)
        .create(Caller.SYSTEM, app.tenant(), "ci", Role.VIEWER, null);
    store
        .bean(JdbcMembers.class)
        .invite(Caller.SYSTEM, app.tenant(), new Email("ada@acme.example"), Role.VIEWER);
    Revocation revocation =
        new Revocation(
            new Revocation.Target(Revocation.Kind.CLIENT, "eve"),
            1,
            Instant.now().plusSeconds(3_600));
    store
        .bean(RevocationStore.class)
        .add(Caller.SYSTEM, app.tenant(), app.appId(), List.of(revocation));
    Draft draft = new Draft("m1", null, "1".getBytes(), null, null, null, null, null);
    store
        .bean(MessageLog.class)
        .append(new PublishUnit(app.tenant(), channel(app), List.of(draft)), KEEP, published -> {})
        .toCompletableFuture()
        .join();
    store.bean(Meters.class).of(app.appId()).published(1, 1);
    webhook(app);
    hook(app);
    store.bean(Usage.class).flush();
    refuse(app);
    return app;
  }

  /** One that was called once, in vain. */
  private void webhook(AppEntry app) {
    WebhookChange wanted =
        new WebhookChange(
            "a",
            Targets.of("https://a.example"),
            Set.of(EventType.MESSAGE_PUBLISHED),
            null,
            null,
            null);
    UUID id =
        store.bean(JdbcWebhooks.class).create(Caller.SYSTEM, app.appId(), wanted).webhook().id();
    store
        .bean(WebhookEvents.class)
        .emit(app.appId(), EventType.MESSAGE_PUBLISHED, Subject.of(channel(app).name()), Map.of());
    DeliveryQueue queue = store.bean(DeliveryQueue.class);
    UUID delivery =
        queue
            .due(id, "", Set.of(), new DeliveryQueue.Portion(1, 1))
            .runs()
            .getFirst()
            .deliveries()
            .getFirst()
            .id();
    queue.failed(
        app.tenant(), List.of(delivery), Attempt.unanswered(1, "in vain"), Duration.ofDays(1));
  }

  private void hook(AppEntry app) {
    HookChange wanted =
        new HookChange("a", Targets.of("https://a.example"), null, null, null, null, null);
    store.bean(JdbcHooks.class).create(Caller.SYSTEM, app.appId(), HookKind.CONNECT, wanted);
  }

  private void refuse(AppEntry app) {
    Refusals refusals = store.bean(Refusals.class);
    refusals.told(
        app.appId(),
        Refusal.CAPABILITY_REFUSED,
        true,
        (id, at) ->
            Occurrence.of(
                id,
                at,
                new KeyName(app.appId(), "k1"),
                "ada",
                true,
                new RefusedException(Refusal.CAPABILITY_REFUSED, "not granted"),
                new Circumstance("rest", "publish", "chat:1", "request-1", null, "127.0.0.1")));
    refusals.flush();
  }

  private static ChannelId channel(AppEntry app) {
    return new ChannelId(app.appId(), new ChannelName("chat:1"));
  }

  @Test
  void everyTableOfTenantsIsForcedAndOpenToTheTwoRolesOnly() throws SQLException {
    assertThat(
            texts(
                """
                SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                  AND a.attname = 'tenant_id' AND NOT a.attisdropped AND NOT c.relispartition
                  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
                """))
        .isEmpty();
    assertThat(
            texts(
                """
                SELECT tablename || ' ' || policyname FROM pg_policies
                WHERE schemaname = current_schema()
                  AND NOT roles <@ ARRAY[tidegate_tenant_role(), tidegate_system_role()]::name[]
                """))
        .isEmpty();
  }

  @Test
  void whatTheTenantsRoleMayTouchIsIsolatedOrHasNoTenant() throws SQLException {
    assertThat(
            texts(
                """
                SELECT c.relname FROM pg_class c
                WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
                  AND has_table_privilege(tidegate_tenant_role(), c.oid,
                    'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
                """))
        .containsExactlyInAnyOrder("idempotency_keys", "log_generations");
  }

  @Test
  void withoutItsConditionAStatementFindsOnlyTheTenantsRows() throws SQLException {
    List<String> tables = readable();
    assertThat(tables).contains("apps", "keys", "namespaces", "audit_events", "channels");
    try (Connection as = as(TENANT_ROLE, own.tenant());
        Connection all = as(SYSTEM_ROLE, null)) {
      for (String table : tables) {
        String foreigners = "tenant_id <> '" + own.tenantId() + "'";
        assertThat(count(as, table, foreigners)).as("foreign rows of %s", table).isZero();
        assertThat(count(as, table, "true")).as("own rows of %s", table).isPositive();
        assertThat(count(all, table, foreigners)).as("rows there are of %s", table).isPositive();
      }
      assertThat(count(as, "tenants", "true")).isEqualTo(1);
      assertThat(count(all, "tenants", "true")).isGreaterThan(1);
      assertThat(count(all, "usage", "stored_bytes > 0")).isPositive();
      assertThat(count(as, "messages", "true")).isEqualTo(1);
      assertThat(count(all, "messages", "true")).isEqualTo(2);
    }
  }

  /** Of people a tenant's transaction sees its own members, and never what lets them in. */
  @Test
  void ofPeopleATenantSeesItsMembersOnly() throws SQLException {
    JdbcMembers members = store.bean(JdbcMembers.class);
    String text =
        members
            .invite(Caller.SYSTEM, foreign.tenant(), new Email("eve@acme.example"), Role.OWNER)
            .text();
    store
        .bean(JdbcInvitations.class)
        .accept(text, null, new JdbcInvitations.Newcomer("Eve", "$argon2id$none"), null);

    assertThat(store.bean(JdbcAccounts.class).find(new Email("eve@acme.example"))).isPresent();
    try (Connection as = as(TENANT_ROLE, own.tenant());
        Connection of = as(TENANT_ROLE, foreign.tenant())) {
      assertThat(texts(as, "SELECT name FROM accounts")).isEmpty();
      assertThat(texts(of, "SELECT name FROM accounts")).containsExactly("Eve");
    }
    for (String secret :
        List.of(
            "SELECT password_hash FROM accounts",
            "UPDATE accounts SET name = 'Mallory'",
            "SELECT count(*) FROM sessions",
            "SELECT count(*) FROM second_factors",
            "SELECT count(*) FROM recovery_codes",
            "SELECT count(*) FROM sign_in_links",
            "SELECT count(*) FROM operators",
            "INSERT INTO members (id, tenant_id, role, email, email_key)"
                + " VALUES (gen_random_uuid(), '%s', 'owner', 'm@x', 'm@x')"
                    .formatted(foreign.tenantId()))) {
      assertRefused(secret);
    }
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }

  @Test
  void withNoTenantNamedThereIsNothing() throws SQLException {
    List<String> tables = new ArrayList<>(readable());
    tables.addAll(List.of("tenants", "messages"));
    try (Connection nobody = as(TENANT_ROLE, null);
        Connection owner = as("SELECT 1", own.tenant())) {
      for (String table : tables) {
        assertThat(count(nobody, table, "true")).as("%s to nobody", table).isZero();
        assertThat(count(owner, table, "true")).as("%s to the owner", table).isZero();
      }
    }
  }

  @Test
  void anothersRowsAreNeitherChangedNorTakenNorGiven() throws SQLException {
    for (String table : readable()) {
      for (String verb : List.of("UPDATE", "DELETE")) {
        if (!may(verb, table)) {
          continue;
        }
        String sql =
            verb.equals("UPDATE") ? "UPDATE %s SET tenant_id = tenant_id" : "DELETE FROM %s";
        try (Connection as = as(TENANT_ROLE, own.tenant());
            Statement statement = as.createStatement()) {
          String where = " WHERE tenant_id = '" + foreign.tenantId() + "'";
          assertThat(statement.executeUpdate(sql.formatted(table) + where)).as(table).isZero();
        }
      }
      if (may("UPDATE", table)) {
        assertRefused("UPDATE " + table + " SET tenant_id = '" + foreign.tenantId() + "'");
      }
    }
    assertRefused(
        "INSERT INTO namespaces (tenant_id, app_id, name, rules) VALUES ('%s', %d, 'x', '{}')"
            .formatted(foreign.tenantId(), foreign.id()));
    assertRefused(
        "INSERT INTO apps (id, tenant_id, name, settings) VALUES (7, '%s', 'x', '{}')"
            .formatted(foreign.tenantId()));
    assertRefused(
        "INSERT INTO audit_events (id, tenant_id, actor_kind, action, target_kind, target_id)"
            + " VALUES (gen_random_uuid(), '%s', 'system', 'a.b', 'app', '1')"
                .formatted(foreign.tenantId()));
  }

  @Test
  void noPartitionIsOpenToTenants() throws SQLException {
    for (String partition :
        texts(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'messages'::regclass")) {
      assertRefused("SELECT count(*) FROM " + partition);
    }
    assertRefused("SELECT count(*) FROM message_ids");
  }

  @Test
  void theRecordOfChangesIsOnlyAddedToByEitherRole() throws SQLException {
    for (String role : List.of(TENANT_ROLE, SYSTEM_ROLE)) {
      for (String attack :
          List.of(
              "UPDATE audit_events SET actor_name = 'nobody'",
              "DELETE FROM audit_events",
              "TRUNCATE audit_events")) {
        assertRefused(role, attack);
      }
    }
  }

  @Test
  void historyOfAnotherTenantsChannelIsEmpty() {
    MessageLog log = store.bean(MessageLog.class);

    assertThat(log.of(foreign.tenant()).readForward(channel(foreign), 1, 10, KEEP)).hasSize(1);
    assertThat(log.of(own.tenant()).readForward(channel(foreign), 1, 10, KEEP)).isEmpty();
    assertThat(log.of(own.tenant()).readBackward(channel(foreign), 9, 10, KEEP)).isEmpty();
    assertThat(log.of(own.tenant()).head(channel(foreign), KEEP)).isEmpty();
    assertThat(log.of(own.tenant()).list(foreign.appId(), "", "", 10)).isEmpty();
  }

  @Test
  void aTransactionHasTheReachItWasGivenAndWorkInsideCannotWidenIt() {
    JdbcWork work = store.bean(JdbcWork.class);
    JdbcApps.Sql sql = store.bean(JdbcApps.Sql.class);

    assertThat(work.read(Reach.of(own.tenant()), () -> sql.find(own.id(), null))).isPresent();
    assertThat(work.read(Reach.of(own.tenant()), () -> sql.find(foreign.id(), null))).isEmpty();
    assertThat(work.read(Reach.EVERYTHING, () -> sql.find(foreign.id(), null))).isPresent();
    for (Reach wider : List.of(Reach.EVERYTHING, Reach.of(foreign.tenant()))) {
      assertThatThrownBy(
              () ->
                  work.read(
                      Reach.of(own.tenant()),
                      () -> work.read(wider, () -> sql.find(foreign.id(), null))))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aStatementOutsideOfEveryTransactionFindsNothing() {
    assertThat(store.bean(JdbcApps.Sql.class).find(own.id(), null)).isEmpty();
  }

  /** The tables with tenant_id that a tenant's transaction may read. */
  private List<String> readable() throws SQLException {
    return texts(
        """
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
          AND a.attname = 'tenant_id' AND NOT c.relispartition
          AND has_table_privilege(tidegate_tenant_role(), c.oid, 'SELECT')
        """);
  }

  private boolean may(String verb, String table) throws SQLException {
    return texts(
            "SELECT has_table_privilege(tidegate_tenant_role(), '%s', '%s')::text"
                .formatted(table, verb))
        .contains("true");
  }

  private void assertRefused(String sql) throws SQLException {
    assertRefused(TENANT_ROLE, sql);
  }

  private void assertRefused(String role, String sql) throws SQLException {
    try (Connection as = as(role, own.tenant());
        Statement statement = as.createStatement()) {
      assertThatThrownBy(() -> statement.execute(sql))
          .as(sql)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(REFUSED));
    }
  }

  private List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = as("SELECT 1", null);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }

  private static long count(Connection connection, String table, String where) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*) FROM " + table + " WHERE " + where)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** A transaction of the gateway's own user, as the gateway begins it; never committed. */
  private static Connection as(String role, @Nullable TenantId tenant) throws SQLException {
    Connection connection =
        DriverManager.getConnection(TestPostgres.server().url(DATABASE), DATABASE, DATABASE);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      if (tenant != null) {
        statement.execute("SELECT set_config('tidegate.tenant', '" + tenant + "', true)");
      }
      statement.execute(role);
    }
    return connection;
  }
}

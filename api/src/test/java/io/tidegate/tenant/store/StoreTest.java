package io.tidegate.tenant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.channel.AppId;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.RefusedException;
import io.tidegate.tenant.AppErasure;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.KeyUse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreTest {
  private final StoreFixture store = new StoreFixture("store_test");

  @AfterAll
  void stop() {
    store.close();
  }

  @Test
  void theRecordOfChangesIsNeverRewritten() {
    store.tenant();

    for (String attack :
        List.of(
            "UPDATE audit_events SET actor_name = 'nobody'",
            "DELETE FROM audit_events",
            "TRUNCATE audit_events")) {
      assertThatThrownBy(() -> store.execute(attack))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void aRowOfOneTenantCannotHangOnARowOfAnother() {
    AppEntry app = store.app();
    Tenant other = store.tenant();

    assertThatThrownBy(
            () ->
                store.execute(
                    "INSERT INTO namespaces (tenant_id, app_id, name, rules) VALUES ('%s', %d, 'x', '{}')"
                        .formatted(other.id(), app.id())))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("foreign key");
  }

  @Test
  void keysMadeAtTheSameTimeHaveNamesOfTheirOwn() throws Exception {
    AppId app = store.app().appId();
    List<String> names = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> make = () -> store.key(app).key().keyId();
      List<Future<String>> made = threads.invokeAll(java.util.Collections.nCopies(20, make));
      for (Future<String> future : made) {
        names.add(future.get());
      }
    }

    assertThat(names).doesNotHaveDuplicates().contains("k1", "k20");
  }

  @Test
  void whatWasDeletedIsErasedPartByPartWithItsRow() throws SQLException {
    AppEntry app = store.app();
    store.key(app.appId());
    store.put(app.appId(), "chat", "chat:*", io.tidegate.channel.Durability.DURABLE);
    store.tenants.delete(Caller.SYSTEM, app.tenant(), IfMatch.ANY, true);
    List<AppId> erased = new ArrayList<>();
    AppErasure part = (tenant, id) -> erased.add(id);
    JdbcErasure erasure =
        new JdbcErasure(
            store.bean(JdbcWork.class), List.of(part), store.bean(JdbcErasure.Sql.class));

    erasure.run();
    assertThat(erased).doesNotContain(app.appId());

    store.execute("UPDATE apps SET deleted_at = deleted_at - interval '2 minutes'");
    store.execute("UPDATE tenants SET deleted_at = deleted_at - interval '2 minutes'");
    erasure.run();

    assertThat(erased).containsOnlyOnce(app.appId());
    assertThatThrownBy(() -> store.execute(fail("apps", "id = " + app.id())))
        .hasMessageContaining("division by zero");
    assertThatThrownBy(() -> store.execute(fail("tenants", "id = '" + app.tenantId() + "'")))
        .hasMessageContaining("division by zero");
  }

  @Test
  void aPartThatFailsIsAskedAgainAndTheRowStays() throws SQLException {
    AppEntry app = store.app();
    store.apps.delete(Caller.SYSTEM, app.appId(), IfMatch.ANY, true);
    store.execute("UPDATE apps SET deleted_at = deleted_at - interval '2 minutes'");
    List<TenantId> asked = new ArrayList<>();
    AppErasure part =
        (tenant, id) -> {
          asked.add(tenant);
          throw new IllegalStateException("not yet");
        };
    JdbcErasure erasure =
        new JdbcErasure(
            store.bean(JdbcWork.class), List.of(part), store.bean(JdbcErasure.Sql.class));

    erasure.run();
    erasure.run();

    assertThat(asked.stream().filter(app.tenant()::equals)).hasSize(2);
    assertThatCode(() -> store.execute(fail("apps", "id = " + app.id())))
        .doesNotThrowAnyException();
  }

  @Test
  void theUseOfAKeyIsNotedToTheMinute() {
    AppId app = store.app().appId();
    KeyName key = store.key(app).key().keyName();

    store.bean(KeyUse.class).used(key);
    store.bean(JdbcKeyUse.class).writeDown();

    KeyEntry entry = store.keys.read(Caller.SYSTEM, app, key.keyId());
    assertThat(entry.lastUsedAt()).isNotNull();
    assertThat(entry.version()).isEqualTo(1);
  }

  @Test
  void anAppOfADeletedTenantCannotBeMade() {
    Tenant tenant = store.tenant();
    store.tenants.delete(Caller.SYSTEM, tenant.tenantId(), IfMatch.ANY, false);

    assertThatThrownBy(() -> store.apps.create(Caller.SYSTEM, tenant.tenantId(), "late", List.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("There is nothing here.");
  }

  /** A statement that fails when no such row is there. */
  private static String fail(String table, String where) {
    return "SELECT 1 / count(*) FROM " + table + " WHERE " + where;
  }
}

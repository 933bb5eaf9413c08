package io.tidegate.tenant.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.channel.TenantId;
import io.tidegate.tenant.Caller;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditChainTest {
  private final StoreFixture store = new StoreFixture("audit_chain");
  private final JdbcAuditChain chain = store.bean(JdbcAuditChain.class);

  @AfterAll
  void stop() {
    store.close();
  }

  @Test
  void changesMadeAtTheSameTimeMakeOneChainPerTenant() throws Exception {
    TenantId one = store.tenant().tenantId();
    TenantId two = store.tenant().tenantId();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Object> first = () -> store.apps.create(Caller.SYSTEM, one, "a", List.of());
      Callable<Object> second = () -> store.apps.create(Caller.SYSTEM, two, "b", List.of());
      List<Callable<Object>> all = new java.util.ArrayList<>(Collections.nCopies(20, first));
      all.addAll(Collections.nCopies(20, second));
      for (Future<Object> made : threads.invokeAll(all)) {
        made.get();
      }
    }

    for (TenantId tenant : List.of(one, two)) {
      assertThat(chain.verify(tenant)).isEmpty();
      assertThat(events(tenant)).hasSize(21);
      assertThat(events(tenant)).extracting(AuditEvent::chainPosition).doesNotHaveDuplicates();
    }
  }

  /** The tampering of somebody whom no right and no trigger stops, and the event it shows at. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE audit_events SET actor_name = 'nobody' WHERE %s AND chain_position = 3 | 3",
        "UPDATE audit_events SET before = NULL, after = before WHERE %s AND chain_position = 4 | 4",
        "UPDATE audit_events SET at = at - interval '1 microsecond' WHERE %s AND chain_position = 2 | 2",
        "UPDATE audit_events SET hash = sha256('x') WHERE %s AND chain_position = 5 | 5",
        "DELETE FROM audit_events WHERE %s AND chain_position = 3 | 4",
        "DELETE FROM audit_events WHERE %s AND chain_position = 1 | 2",
        "UPDATE audit_events SET action = 'x.y', hash = sha256('x') WHERE %s AND chain_position = 1 | 1"
      })
  void tamperingShowsAtTheFirstEventThatDoesNotFollow(String attack, long position)
      throws SQLException {
    TenantId tenant = store.tenant().tenantId();
    for (int i = 0; i < 6; i++) {
      store.apps.create(Caller.SYSTEM, tenant, "app " + i, List.of());
    }
    assertThat(chain.verify(tenant)).isEmpty();

    tamper(attack.formatted("tenant_id = '" + tenant + "'"));

    assertThat(chain.verify(tenant))
        .hasValueSatisfying(found -> assertThat(found.position()).isEqualTo(position));
  }

  @Test
  void anEventThatWasChangedWithItsHashShowsAtTheNext() throws SQLException {
    TenantId tenant = store.tenant().tenantId();
    store.apps.create(Caller.SYSTEM, tenant, "one", List.of());
    store.apps.create(Caller.SYSTEM, tenant, "two", List.of());
    String second = "tenant_id = '" + tenant + "' AND chain_position = 2";

    tamper("UPDATE audit_events SET actor_name = 'nobody' WHERE " + second);
    tamper("UPDATE audit_events e SET hash = audit_hash(e) WHERE " + second);

    assertThat(chain.verify(tenant))
        .hasValueSatisfying(found -> assertThat(found.position()).isEqualTo(3));
  }

  @Test
  void theChainOfAnErasedTenantStaysAndEndsWithItsDeletion() throws SQLException {
    AppEntry app = store.app();
    store.tenants.delete(Caller.SYSTEM, app.tenant(), IfMatch.ANY, true);
    store.execute("UPDATE apps SET deleted_at = deleted_at - interval '2 minutes'");
    store.execute("UPDATE tenants SET deleted_at = deleted_at - interval '2 minutes'");

    store.bean(JdbcErasure.class).run();

    assertThat(
            store
                .bean(JdbcWork.class)
                .read(
                    Reach.EVERYTHING,
                    () -> store.bean(JdbcApps.Sql.class).list(app.tenantId(), 0, 10)))
        .isEmpty();
    assertThat(chain.verify(app.tenant())).isEmpty();
    assertThat(events(app.tenant()).getFirst().action()).isEqualTo("tenant.deleted");
  }

  private List<AuditEvent> events(TenantId tenant) {
    return store.bean(JdbcAudit.class).list(tenant, 1_000, Long.MAX_VALUE).items();
  }

  private void tamper(String statement) throws SQLException {
    store.execute(
        "ALTER TABLE audit_events DISABLE TRIGGER ALL; "
            + statement
            + "; ALTER TABLE audit_events ENABLE TRIGGER ALL");
  }
}

package io.tidegate.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.tidegate.TestContext;
import io.tidegate.channel.AppId;
import io.tidegate.channel.TenantId;
import io.tidegate.problem.Refusal;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.store.JdbcApps;
import io.tidegate.tenant.store.JdbcTenants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Refusals in PostgreSQL: found again by their app's tenant, for a day. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class JdbcRefusalsTest {
  private final ApplicationContext context = TestContext.start("kept_refusals");
  private final RefusalStore store = context.getBean(RefusalStore.class);
  private final TenantId tenant = tenant();

  @AfterAll
  void stop() {
    context.close();
  }

  private TenantId tenant() {
    JdbcTenants tenants = context.getBean(JdbcTenants.class);
    return tenants.create(Caller.SYSTEM, "refused", Limits.INITIAL).tenantId();
  }

  private AppId app(TenantId of) {
    JdbcApps apps = context.getBean(JdbcApps.class);
    return apps.create(Caller.SYSTEM, of, "refused", List.of()).appId();
  }

  private Refusals node(InstantSource clock) {
    return new Refusals(store, clock, System::nanoTime);
  }

  private List<Occurrence> read(
      AppId app, @Nullable String request, @Nullable String client, @Nullable Integer code) {
    return store.read(new RefusalQuery(tenant, app, request, client, code, null), null, 100);
  }

  @Test
  void whatIsToldIsFoundByRequestClientAndCode() {
    AppId app = app(tenant);
    Refusals node = node(InstantSource.system());
    Told.tell(node, app, Refusal.CAPABILITY_REFUSED, true, "request-1");
    Told.tell(node, app, Refusal.ORIGIN_REFUSED, true, "request-2");
    node.flush();

    Occurrence one = read(app, "request-1", null, null).getFirst();
    assertThat(one.code()).isEqualTo(40301);
    assertThat(one.step()).isEqualTo("key.capabilities");
    assertThat(one.operation()).isEqualTo("publish");
    assertThat(one.channel()).isEqualTo("chat:1");
    assertThat(one.keyName()).isEqualTo(app + ".k1");
    assertThat(one.clientId()).isEqualTo("ada");
    assertThat(one.address()).isEqualTo("203.0.113.7");
    assertThat(read(app, null, null, 40304)).hasSize(1);
    assertThat(read(app, null, "ada", null)).hasSize(2);
    assertThat(read(app, "request-1", "ada", 40304)).isEmpty();
    assertThat(read(app, null, "bob", null)).isEmpty();
  }

  @Test
  void pagesGoFromTheNewestBackWithoutGapOrRepetition() {
    AppId app = app(tenant);
    Refusals node = node(InstantSource.system());
    for (int i = 0; i < 25; i++) {
      Told.tell(node, app, Refusal.CAPABILITY_REFUSED, true, "request-" + i);
    }
    node.flush();

    List<String> paged = new ArrayList<>();
    UUID before = null;
    RefusalQuery all = new RefusalQuery(tenant, app, null, null, null, null);
    for (List<Occurrence> page = store.read(all, before, 10);
        !page.isEmpty();
        page = store.read(all, before, 10)) {
      page.forEach(one -> paged.add(one.requestId()));
      before = page.getLast().id();
    }
    assertThat(paged).hasSize(25).doesNotHaveDuplicates();
    assertThat(store.read(all, null, 100)).extracting(Occurrence::requestId).isEqualTo(paged);
    assertThat(store.read(all, null, 100))
        .extracting(Occurrence::at)
        .isSortedAccordingTo((one, other) -> other.compareTo(one));
  }

  @Test
  void theSameBatchAgainChangesNothing() throws Exception {
    AppId app = app(tenant);
    MemoryRefusals told = new MemoryRefusals();
    Refusals node = new Refusals(told, InstantSource.system(), System::nanoTime);
    Told.tell(node, app, Refusal.CAPABILITY_REFUSED, true, "request-1");
    node.flush();
    List<LeftOut> gaps = List.of(new LeftOut(app, told.rows().getFirst().id(), 7));
    store.add(told.rows(), gaps);
    store.add(told.rows(), gaps);

    assertThat(read(app, null, null, null)).hasSize(1);
    assertThat(read(app, null, null, null).getFirst().leftOut()).isEqualTo(7);
  }

  @Test
  void anotherTenantSeesNoneAndAnErasedAppIsLeftOut() {
    AppId app = app(tenant);
    AppId gone = new AppId("999999999999999999");
    Refusals node = node(InstantSource.system());
    Told.tell(node, app, Refusal.CAPABILITY_REFUSED, true, "request-1");
    Told.tell(node, gone, Refusal.CAPABILITY_REFUSED, true, "request-1");
    node.flush();

    TenantId other = tenant();
    assertThat(store.read(new RefusalQuery(other, app, null, null, null, null), null, 10))
        .isEmpty();
    assertThat(read(gone, null, null, null)).isEmpty();
    assertThat(read(app, null, null, null)).hasSize(1);
    assertThat(node.waiting()).isZero();
  }

  @Test
  void whatIsOlderThanADayIsNotToldAndIsDropped() throws Exception {
    AppId app = app(tenant);
    Instant now = Instant.now();
    Refusals yesterday = node(() -> now.minus(Duration.ofHours(25)));
    Told.tell(yesterday, app, Refusal.CAPABILITY_REFUSED, true, "old-one-1");
    yesterday.flush();
    Refusals today = node(() -> now.minus(Duration.ofHours(23)));
    Told.tell(today, app, Refusal.CAPABILITY_REFUSED, true, "new-one-1");
    today.flush();

    assertThat(read(app, null, null, null))
        .extracting(Occurrence::requestId)
        .containsExactly("new-one-1");
    store.forget();
    assertThat(read(app, null, null, null)).hasSize(1);
  }
}

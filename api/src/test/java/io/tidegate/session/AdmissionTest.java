package io.tidegate.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Seal;
import io.tidegate.channel.AppId;
import io.tidegate.hook.ConnectHook;
import io.tidegate.limit.MemoryCensus;
import io.tidegate.limit.Quotas;
import io.tidegate.limit.TenantQuota;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import io.tidegate.publish.Principals;
import io.tidegate.roster.Move;
import io.tidegate.roster.Moves;
import io.tidegate.session.ConnectionKeys.Kept;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.tenant.MemoryDirectory;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenant may have one connection, and has it. */
class AdmissionTest {
  private static final Protocol SOCKET = new Protocol("websocket", 30, true, true, true);
  private static final Protocol POLL = new Protocol("poll", 30, false, false, false);
  private static final String LISTED = "n2-listed";

  private final MemoryDirectory directory = new MemoryDirectory();
  private final Quotas quotas = MemoryCensus.quotas(directory);
  private final ConnectionKeys keys =
      new ConnectionKeys("n1", new Seal(new byte[16], "connection-key"));
  private final Admission admission =
      new Admission(quotas, keys, new Holders(new Others()), ConnectHook.NONE);
  private final AppPrincipal ada = Principals.token("ada");

  /** Another node that has told of one connection. */
  private static final class Others implements Moves {
    @Override
    public boolean isElsewhere(AppId app, String connectionId) {
      return app.equals(Principals.APP) && connectionId.equals(LISTED);
    }

    @Override
    public void tell(Move move) {}

    @Override
    public void listen(Listener listener) {}
  }

  @BeforeEach
  void begin() {
    directory.putApp(Principals.APP, Principals.TENANT);
    directory.putLimits(Principals.TENANT, new Limits(Map.of(Limit.CONNECTIONS, 1L)));
  }

  private TenantQuota tenant() {
    return quotas.of(Principals.TENANT);
  }

  private Admitted admit(@Nullable String key, Protocol protocol) {
    return admission.admit(ada, key, protocol, new Arrival("192.0.2.1", null, null));
  }

  private String keyOf(String id, AppPrincipal who) {
    return keys.keyOf(new Kept(id, 0), who);
  }

  private void assertRefused(@Nullable String key) {
    assertThatThrownBy(() -> admit(key, SOCKET))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.refusal()).isEqualTo(Refusal.CONNECTION_LIMIT_REACHED));
  }

  @Test
  void whereThereIsRoomNobodyMovesIn() {
    assertThat(admit(null, SOCKET).movesIn()).isFalse();
    assertThat(admit(keyOf(LISTED, ada), SOCKET).movesIn()).isFalse();
  }

  @Test
  void atTheLimitWhoeverHasAPlaceOnAnotherNodeMovesIn() {
    tenant().enter();
    Admitted moves = admit(keyOf(LISTED, ada), SOCKET);
    assertThat(moves.movesIn()).isTrue();
    Place place = new Place();
    place.take(tenant(), null, moves.movesIn());
    assertThat(tenant().connections()).isEqualTo(2);
    place.moveOut();
    place.leave();
    assertThat(tenant().connections()).isEqualTo(1);
  }

  @Test
  void atTheLimitNobodyElseComesIn() {
    tenant().enter();
    assertRefused(null);
    assertRefused(keyOf("n2-gone", ada));
    assertRefused(keyOf(LISTED, Principals.token("bob")));
    assertThat(admit(null, POLL).movesIn()).isFalse();
  }
}

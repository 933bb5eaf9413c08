package io.tidegate.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidegate.problem.Refusal;
import io.tidegate.publish.Principals;
import io.tidegate.refusal.RefusalQuery;
import io.tidegate.session.SessionWorld.Line;
import io.tidegate.tenant.Limit;
import io.tidegate.tenant.Limits;
import io.tidegate.usage.Counts;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fault of ours in what is done for one connection ends it, and it alone. */
class SessionFaultTest {
  private final SessionWorld world = new SessionWorld();

  @Test
  void aLineThatThrowsEndsItsConnectionAndTheOthersGoOn() {
    Line first = world.subscribed();
    Line broken = world.subscribed();
    Line last = world.subscribed();
    world.publish();
    broken.bug = new IllegalStateException("a bug");
    world.publish();
    broken.bug = null;
    world.publish();
    assertThat(first.messages).containsExactly("m1", "m2", "m3");
    assertThat(last.messages).containsExactly("m1", "m2", "m3");
    assertThat(broken.messages).containsExactly("m1");
    assertThat(broken.closed).containsExactly(Refusal.INTERNAL);
    assertThat(world.sessions.ends())
        .hasEntrySatisfying(Refusal.INTERNAL, times -> assertThat(times.sum()).isEqualTo(1));
    assertThat(world.sessions.count()).isEqualTo(2);
    assertThat(world.hub.subscribers(SessionWorld.CHANNEL)).isEqualTo(2);
  }

  @Test
  void aFaultThatIsFoundTwiceEndsItOnce() {
    Line broken = world.subscribed();
    Line other = world.subscribed();
    broken.session().fault(new IllegalStateException("found out"));
    broken.session().fault(new IllegalStateException("found out again"));
    world.publish();
    assertThat(broken.closed).containsExactly(Refusal.INTERNAL);
    assertThat(broken.messages).isEmpty();
    assertThat(other.messages).containsExactly("m1");
  }

  private Admitted admit(Line line) {
    return world.sessions.admit(
        Principals.token("ada"), null, SessionWorld.PROTOCOL, line.session().arrival());
  }

  /** Two are let in for one place: the second finds out when it is counted. */
  @Test
  void aConnectionThatFindsNoPlaceAnyMoreIsRefusedAsItsApps() {
    world.directory.putLimits(Principals.TENANT, new Limits(Map.of(Limit.CONNECTIONS, 1L)));
    Line early = world.connect();
    Line late = world.connect();
    Admitted first = admit(early);
    Admitted second = admit(late);
    early.session().authenticated(first, null, true);
    late.session().authenticated(second, null, true);

    assertThat(early.closed).isEmpty();
    assertThat(late.closed).containsExactly(Refusal.CONNECTION_LIMIT_REACHED);
    assertThat(world.meters.take())
        .extractingByKey(Principals.APP)
        .extracting(Counts::refusals)
        .isEqualTo(Map.of(Refusal.CONNECTION_LIMIT_REACHED.code(), 1L));
    world.refusals.flush();
    RefusalQuery all = new RefusalQuery(Principals.TENANT, Principals.APP, null, null, null, null);
    assertThat(world.kept.read(all, null, 10))
        .singleElement()
        .satisfies(one -> assertThat(one.clientId()).isEqualTo("ada"))
        .satisfies(one -> assertThat(one.operation()).isEqualTo("connect"));
  }
}

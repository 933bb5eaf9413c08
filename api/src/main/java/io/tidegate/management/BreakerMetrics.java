package io.tidegate.management;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.tidegate.breaker.Breaker;
import io.tidegate.breaker.Compartment;
import io.tidegate.breaker.Contact;
import io.tidegate.log.LogBreakers;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Whether PostgreSQL is taken to be away, and whom that has cost an answer. */
@Singleton
final class BreakerMetrics implements ApplicationEventListener<ServerStartupEvent> {
  private final Meters meters;
  private final LogBreakers log;
  private final Breaker controlPlane;
  private final Compartment scans;
  private final Contact contact;

  BreakerMetrics(
      Meters meters, LogBreakers log, Breaker controlPlane, Compartment scans, Contact contact) {
    this.meters = meters;
    this.log = log;
    this.controlPlane = controlPlane;
    this.scans = scans;
    this.contact = contact;
  }

  @Override
  public void onApplicationEvent(ServerStartupEvent event) {
    log.all().forEach(this::show);
    show(controlPlane);
    meters.gauge("tidegate.store.silence.seconds", "Since a store answered", contact::seconds);
    meters.gauge(
        "tidegate.store.unread.apps",
        "Apps that have changed, as other nodes tell, and could not be read",
        contact::unreadApps);
    meters.gauge(
        "tidegate.bulkhead.free", "Places that are free", scans::free, "bulkhead", scans.name());
    meters.counter(
        "tidegate.bulkhead.refusals",
        "Calls that found no place",
        scans::refusals,
        "bulkhead",
        scans.name());
  }

  private void show(Breaker breaker) {
    for (Breaker.State state : Breaker.State.values()) {
      meters.gauge(
          "tidegate.breaker.state",
          "1 for the state the breaker is in",
          () -> breaker.state() == state ? 1 : 0,
          "breaker",
          breaker.name(),
          "state",
          state.name().toLowerCase(Locale.ROOT));
    }
    meters.counter(
        "tidegate.breaker.refusals",
        "Calls refused at once",
        breaker::refusals,
        "breaker",
        breaker.name());
  }
}

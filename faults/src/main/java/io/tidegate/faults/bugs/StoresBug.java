package io.tidegate.faults.bugs;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.tidegate.broker.Broker;
import io.tidegate.log.MessageLog;
import io.tidegate.store.Stores;
import io.tidegate.tenant.Directory;
import jakarta.inject.Singleton;

/** Puts wrong stores in the place of the right ones. */
@Singleton
final class StoresBug implements BeanCreatedEventListener<Stores> {
  @Override
  public Stores onCreated(BeanCreatedEvent<Stores> event) {
    Stores stores = event.getBean();
    Broker broker = stores.broker();
    MessageLog log = stores.log();
    if (Bug.ACKNOWLEDGES_BEFORE_COMMIT.isPlanted()) {
      log = new EarlyLog(log);
    } else if (Bug.DROPS_SOME.isPlanted()) {
      log = new DroppingLog(log);
      broker = new DroppingBroker(broker);
    } else if (Bug.IDS_IN_MEMORY.isPlanted()) {
      log = new ForgetfulLog(log);
    } else if (Bug.REUSES_AN_EPOCH.isPlanted()) {
      broker = new OneEpochBroker(broker);
    } else {
      return stores;
    }
    return new Stores(event.getSource().getBean(Directory.class), broker, log);
  }
}

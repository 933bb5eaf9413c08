package io.tidegate.hub;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's own fault is told to it, and stops nobody else. */
final class Fault {
  private static final Logger LOG = LoggerFactory.getLogger(Fault.class);

  private Fault() {}

  static void of(Subscriber subscriber, Throwable fault) {
    try {
      subscriber.onFault(fault);
    } catch (Throwable again) {
      LOG.error("A client could not be ended after a fault of its own", again);
    }
  }
}

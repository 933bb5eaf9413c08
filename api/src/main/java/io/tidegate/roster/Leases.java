package io.tidegate.roster;

import java.util.List;

/** The nodes that live, each by its lease: {@code node-fence}. */
public interface Leases {
  /** This node's; another one when the node was taken to be dead, or Redis has lost it. */
  String own();

  /** Raised with every new one of this node, which may have the name of an older one. */
  long term();

  /** Those that have not ended. May wait; throws STORE_UNAVAILABLE when Redis cannot say. */
  List<String> live();

  /** The node that has a lease. */
  static String node(String lease) {
    return lease.substring(0, Math.max(0, lease.lastIndexOf('-')));
  }
}

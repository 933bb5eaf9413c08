package io.tidegate.roster;

import io.tidegate.channel.AppId;
import java.util.function.Supplier;

/** All of one kind that a node has. */
public interface Inventory {
  /** Tells of each, without waiting for anything. */
  void visit(Visitor visitor);

  /** Is told of one after the other. */
  interface Visitor {
    /**
     * @param version the value is another one when this is
     */
    void entry(AppId app, String name, int version, Supplier<String> value);
  }
}

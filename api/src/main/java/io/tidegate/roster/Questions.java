package io.tidegate.roster;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What only the node can say that has it: asked of every other live node. */
public interface Questions {
  /** Of a node that has no others. */
  Questions ALONE =
      new Questions() {
        @Override
        public List<String> ask(String question) {
          return List.of();
        }

        @Override
        public void answer(Function<String, @Nullable String> by) {}
      };

  /**
   * What the others have to say, in no order; a node that does not answer within 2 s is left out,
   * all of them while nobody can be asked. Waits.
   */
  List<String> ask(String question);

  /** Who answers for this node: null, nothing to say. May wait. */
  void answer(Function<String, @Nullable String> by);
}

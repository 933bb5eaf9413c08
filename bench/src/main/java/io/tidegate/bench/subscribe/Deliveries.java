package io.tidegate.bench.subscribe;

/** Hears of what a subscriber received. Called on the subscriber's loop, from all loops. */
public interface Deliveries {
  /** Nobody wants to know. */
  Deliveries UNHEARD =
      new Deliveries() {
        @Override
        public void delivered(long number) {}

        @Override
        public void drained() {}
      };

  /** Message {@code number} arrived at one subscriber. */
  void delivered(long number);

  /** Everything of one read has been told. */
  void drained();
}

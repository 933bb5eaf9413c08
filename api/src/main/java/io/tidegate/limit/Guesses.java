package io.tidegate.limit;

/**
 * What nodes tell each other of addresses that fail to authenticate. Never waits; what is not heard
 * leaves each node with its own count.
 */
public interface Guesses {
  /** A node that is alone. */
  Guesses NONE =
      new Guesses() {
        @Override
        public void failed(String address, int perMinute) {}

        @Override
        public void listen(Listener listener) {}

        @Override
        public String name(String address) {
          return address;
        }
      };

  /** Hears who has to wait, on any thread. */
  interface Listener {
    /**
     * @param name as {@link Guesses#name} has it
     * @param nanos from now on
     */
    void waits(String name, long nanos);
  }

  /** An address failed once more, here. */
  void failed(String address, int perMinute);

  void listen(Listener listener);

  /** What an address is called between nodes. */
  String name(String address);
}

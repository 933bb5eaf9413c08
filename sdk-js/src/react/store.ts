/**
 * State outside React that its components read with `useSyncExternalStore`: it runs while somebody
 * listens. `snapshot` is the same object until something changes.
 */
export abstract class Store<S> {
  readonly #listeners = new Set<() => void>();
  #snapshot: S;
  #running = false;
  #stopping: ReturnType<typeof setTimeout> | undefined;

  protected constructor(first: S) {
    this.#snapshot = first;
  }

  readonly snapshot = (): S => this.#snapshot;

  /** Returns what ends it. The last one to go stops the store, unless another comes in the same turn. */
  readonly listen = (listener: () => void): (() => void) => {
    // Each call is a listener of its own, even of the same function.
    const own = () => listener();
    this.#listeners.add(own);
    clearTimeout(this.#stopping);
    if (!this.#running) {
      this.#running = true;
      this.start();
    }
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) {
        // StrictMode and moves in the tree unmount and mount again: no reason to leave a channel.
        this.#stopping = setTimeout(() => {
          this.#running = false;
          this.stop();
        });
      }
    };
  };

  protected set(next: S): void {
    this.#snapshot = next;
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }

  /** Nothing runs: from here on everything is fetched anew. */
  protected abstract start(): void;

  protected abstract stop(): void;
}

/** Calls whoever listens. What one listener throws keeps nothing from the others: it surfaces as an uncaught error. */
export class Emitter<E> {
  readonly #listeners = new Set<(event: E) => void>();

  /** @returns ends it */
  on(listener: (event: E) => void): () => void {
    // The same function twice is two listeners.
    const own = (event: E): void => listener(event);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  get size(): number {
    return this.#listeners.size;
  }

  emit(event: E): void {
    for (const listener of [...this.#listeners]) guarded(() => listener(event));
  }
}

/** Runs the program's own code: its failure is not ours. */
export function guarded(code: () => void): void {
  try {
    code();
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown;
    });
  }
}

/** Does things in the order in which they were given, also when some of them have to be waited for first. */
export class Sequence {
  #tail: Promise<void> | undefined;
  /** How many wait. */
  size = 0;

  /** At once, when nothing is waited for; `ready` must not reject. */
  then<R>(ready: R | Promise<R>, action: (value: R) => void): void {
    if (!this.#tail && !(ready instanceof Promise)) return action(ready);
    this.size++;
    const tail: Promise<void> = (this.#tail ?? Promise.resolve()).then(async () => {
      const value = await ready;
      this.size--;
      if (this.#tail === tail) this.#tail = undefined;
      action(value);
    });
    this.#tail = tail;
  }
}

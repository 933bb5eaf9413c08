/** The newest so many, in order of arrival. Adding takes the same time however many there are. */
export class Ring<T> {
  readonly #slots: (T | undefined)[] = [];
  /** How many were ever added. */
  #added = 0;

  constructor(readonly capacity: number) {}

  get size(): number {
    return Math.min(this.#added, this.capacity);
  }

  /** How many had to make room. */
  get evicted(): number {
    return this.#added - this.size;
  }

  add(item: T): void {
    this.#slots[this.#added % this.capacity] = item;
    this.#added++;
  }

  /** The oldest first, beginning behind the first `from` that were ever added. */
  since(from: number): T[] {
    const items: T[] = [];
    for (let i = Math.max(from, this.evicted); i < this.#added; i++) items.push(this.#slots[i % this.capacity]!);
    return items;
  }

  /** The oldest one that is kept. */
  get oldest(): T | undefined {
    return this.#added === 0 ? undefined : this.#slots[this.evicted % this.capacity];
  }

  get added(): number {
    return this.#added;
  }

  clear(): void {
    this.#slots.length = 0;
    this.#added = 0;
  }
}

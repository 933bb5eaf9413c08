/** What players see of a leaderboard: enough to fill a screen. */
const TOP = 10;
/** For the first three to be right, and for everybody else who is. */
const FIRST = [10, 7, 5];
const LATE = 3;

/** Judges answers by the gateway's clock, and by seq between equal times: no player's clock or line decides. */
export class Game {
  #before = new Map();
  #answers = new Map();
  #question;
  #seen = 0;

  ask(question) {
    this.#before = this.#points();
    this.#question = question;
    this.#answers = new Map();
  }

  /** One answer each, while its question is open; clientId is that of the token, so nobody answers as another. */
  take({ clientId, data, timestamp, seq }) {
    this.#seen = seq;
    if (data?.n === this.#question?.n && !this.#answers.has(clientId)) {
      this.#answers.set(clientId, { right: data.option === this.#question.right, timestamp, seq });
    }
  }

  /** Best first, and the seq of the last answer that counts in it. */
  standing() {
    const best = [...this.#points()].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return { seen: this.#seen, top: best.slice(0, TOP) };
  }

  #points() {
    const right = [...this.#answers].filter(([, answer]) => answer.right);
    right.sort(([, a], [, b]) => a.timestamp - b.timestamp || a.seq - b.seq);
    const points = new Map(this.#before);
    right.forEach(([name], place) => points.set(name, (points.get(name) ?? 0) + (FIRST[place] ?? LATE)));
    return points;
  }
}

// A small line of prices, drawn as SVG.

import { svg } from './dom.js';

const WIDTH = 240;
const HEIGHT = 64;
const PAD = 4;
/** Room for the dot at the newest price. */
const RIGHT = 9;
const POINTS = 160;

export class Sparkline {
  #values = [];
  #line = svg('polyline', { class: 'line' });
  #area = svg('polygon', { class: 'area' });
  #dot = svg('line', { class: 'dot' });

  element = svg(
    'svg',
    {
      class: 'sparkline',
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
    },
    this.#area,
    this.#line,
    this.#dot,
  );

  add(value) {
    this.#values.push(value);
    if (this.#values.length > POINTS) {
      this.#values.shift();
    }
  }

  clear() {
    this.#values = [];
  }

  draw() {
    const low = Math.min(...this.#values);
    const range = Math.max(...this.#values) - low || 1;
    // Until there are enough points to fill the width, they come in from the left.
    const step = (WIDTH - PAD - RIGHT) / Math.max(this.#values.length - 1, 30);
    const points = this.#values.map((value, index) => [
      (PAD + index * step).toFixed(1),
      (HEIGHT - PAD - ((value - low) / range) * (HEIGHT - 2 * PAD)).toFixed(1),
    ]);
    const [x, y] = points.at(-1) ?? [0, HEIGHT];
    const line = points.map((point) => point.join(',')).join(' ');
    this.#line.setAttribute('points', line);
    this.#area.setAttribute('points', `${PAD},${HEIGHT} ${line} ${x},${HEIGHT}`);
    // A line without length and with round ends stays a circle however the picture is stretched.
    for (const [name, value] of Object.entries({ x1: x, y1: y, x2: x, y2: y })) {
      this.#dot.setAttribute(name, value);
    }
  }
}

// The live feed: what `make demo-feed` replays, over a WebSocket of its own.

import { byId, count, eachFrame, el, say } from './dom.js';
import { Sparkline } from './sparkline.js';

const SYMBOLS = ['AAPL', 'AMZN', 'GOOG', 'IBM', 'MSFT'];
const REGIONS = [
  'alaska', 'california', 'canada', 'caribbean', 'elsewhere', 'hawaii',
  'montana', 'nevada', 'taiwan', 'utah', 'washington',
];
const PRICES = 150;
const QUAKES = 20;
const QUAKE_ROWS = 60;
const RATE_MS = 5_000;
/** What comes at first is of the past: it tells nothing about how fast the feed is. */
const CAUGHT_UP_MS = 1_500;
const DAY = { day: 'numeric', month: 'short' };

export class Feed {
  #socket;
  #stocks = new Map();
  #quakes = [];
  #moved = false;
  #strongest = new Strongest();
  #arrivals = [];
  #changed = new Set();
  #paint = eachFrame(() => this.#render());

  constructor(socket) {
    this.#socket = socket;
    for (const symbol of SYMBOLS) {
      this.#stocks.set(symbol, new Stock(symbol));
      socket.watch(`stocks:${symbol}`, PRICES);
    }
    for (const region of REGIONS) {
      socket.watch(`quakes:${region}`, QUAKES);
    }
    const tiles = [...this.#stocks.values(), this.#strongest];
    byId('tiles').append(...tiles.map((tile) => tile.element));
    socket.onMessage = (frame) => this.#add(frame);
    socket.onChange = this.#paint;
    setInterval(this.#paint, 1_000);
    this.#paint();
  }

  #add(frame) {
    if (performance.now() - this.#socket.liveSince > CAUGHT_UP_MS) {
      this.#arrivals.push(Date.now());
    }
    const [kind, rest] = frame.channel.split(/:(.*)/s);
    const stock = kind === 'stocks' ? this.#stocks.get(rest) : undefined;
    if (stock?.add(frame.data)) {
      this.#changed.add(stock);
    } else if (kind === 'quakes' && isQuake(frame.data)) {
      this.#strongest.add(frame.data.properties);
      this.#quakes.push({ at: frame.timestamp, row: quake(frame.data.properties, rest) });
      this.#moved = true;
    }
    this.#paint();
  }

  #render() {
    const since = Date.now() - RATE_MS;
    this.#arrivals = this.#arrivals.filter((at) => at > since);
    for (const stock of this.#changed) {
      stock.draw();
    }
    this.#changed.clear();
    if (this.#moved) {
      // The past comes channel by channel: the newest are those that were published last.
      this.#moved = false;
      this.#quakes = this.#quakes.sort((a, b) => b.at - a.at).slice(0, QUAKE_ROWS);
      byId('quakes').replaceChildren(...this.#quakes.map(({ row }) => row));
    }
    const { received } = this.#socket.tally;
    byId('feed').dataset.state = this.#socket.state;
    byId('feed').dataset.filled = String(received > 0);
    say(byId('feed-received'), count(received));
    say(byId('feed-rate'), Math.round((this.#arrivals.length * 1_000) / RATE_MS));
    byId('quakes-empty').hidden = this.#quakes.length > 0;
  }
}

class Stock {
  #sparkline = new Sparkline();
  #price = el('span', { class: 'price' }, '–');
  #change = el('span', { class: 'change' });
  #date = el('span', { class: 'date' }, 'no prices yet');
  #last = null;
  #first = null;

  constructor(symbol) {
    this.element = el(
      'li',
      { class: 'tile' },
      el('div', { class: 'head' }, el('span', { class: 'symbol' }, symbol), this.#date),
      el('div', { class: 'figures' }, this.#price, this.#change),
      this.#sparkline.element,
    );
  }

  /** False when this is no price. */
  add(row) {
    if (typeof row?.price !== 'number' || typeof row.date !== 'string') {
      return false;
    }
    if (this.#last !== null && row.date < this.#last.date) {
      // The replay began again.
      this.#sparkline.clear();
      this.#first = null;
    }
    this.#first ??= row;
    this.#last = row;
    this.#sparkline.add(row.price);
    return true;
  }

  draw() {
    this.#sparkline.draw();
    const change = (this.#last.price / this.#first.price - 1) * 100;
    say(this.#price, this.#last.price.toFixed(2));
    say(this.#change, `${change < 0 ? '▼' : '▲'} ${Math.abs(change).toFixed(0)} %`);
    say(this.#date, month(this.#last.date));
    this.element.classList.add('known');
    this.element.classList.toggle('down', change < 0);
  }
}

function month(date) {
  const format = { month: 'short', year: 'numeric', timeZone: 'UTC' };
  return new Date(date).toLocaleDateString('en-GB', format);
}

function isQuake(data) {
  return typeof data?.properties?.mag === 'number' && Number.isSafeInteger(data.properties.time);
}

/** The strongest earthquake seen on this page. */
class Strongest {
  #magnitude = -Infinity;
  #figure = el('span', { class: 'price' }, '–');
  #place = el('p', { class: 'where' });
  #date = el('span', { class: 'date' }, 'none yet');

  element = el(
    'li',
    { class: 'tile' },
    el('div', { class: 'head' }, el('span', { class: 'symbol' }, 'Strongest'), this.#date),
    el('div', { class: 'figures' }, this.#figure),
    this.#place,
  );

  add({ mag, place, time }) {
    if (mag > this.#magnitude) {
      this.#magnitude = mag;
      say(this.#figure, `M ${mag.toFixed(1)}`);
      say(this.#place, String(place));
      say(this.#date, new Date(time).toLocaleDateString('en-GB', { ...DAY, timeZone: 'UTC' }));
      this.element.classList.add('known');
    }
  }
}

function quake({ mag, place, time }, region) {
  const size = Math.max(0, Math.min(6, Math.floor(mag)));
  const format = { ...DAY, hour: '2-digit', minute: '2-digit', timeZone: 'UTC' };
  const when = new Date(time);
  return el(
    'li',
    { class: 'quake' },
    el('span', { class: `magnitude m${size}`, title: 'magnitude' }, mag.toFixed(1)),
    el('span', { class: 'place' }, String(place)),
    el('span', { class: 'region' }, region),
    el('time', { datetime: when.toISOString() }, when.toLocaleString('en-GB', format)),
  );
}

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

export class Feed {
  #socket;
  #stocks = new Map();
  #quakes = [];
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
    byId('stocks').append(...[...this.#stocks.values()].map((stock) => stock.element));
    socket.onMessage = (frame) => this.#add(frame);
    socket.onChange = this.#paint;
    setInterval(this.#paint, 1_000);
    this.#paint();
  }

  #add(frame) {
    this.#arrivals.push(Date.now());
    const [kind, rest] = frame.channel.split(/:(.*)/s);
    const stock = kind === 'stocks' ? this.#stocks.get(rest) : undefined;
    if (stock?.add(frame.data)) {
      this.#changed.add(stock);
    } else if (kind === 'quakes' && isQuake(frame.data)) {
      this.#quakes.push(quake(frame.data, rest));
      this.#quakes.splice(0, this.#quakes.length - QUAKE_ROWS);
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
    const list = byId('quakes');
    list.prepend(...this.#quakes.splice(0).reverse());
    while (list.childElementCount > QUAKE_ROWS) {
      list.lastElementChild.remove();
    }
    const { received } = this.#socket.tally;
    byId('feed').dataset.state = this.#socket.state;
    byId('feed').dataset.filled = String(received > 0);
    say(byId('feed-received'), count(received));
    say(byId('feed-rate'), Math.round((this.#arrivals.length * 1_000) / RATE_MS));
    byId('quakes-empty').hidden = list.childElementCount > 0;
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
      { class: 'stock' },
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

function quake({ properties }, region) {
  const magnitude = properties.mag;
  const size = Math.max(0, Math.min(6, Math.floor(magnitude)));
  const format = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' };
  const when = new Date(properties.time);
  return el(
    'li',
    { class: 'quake' },
    el('span', { class: `magnitude m${size}`, title: 'magnitude' }, magnitude.toFixed(1)),
    el('span', { class: 'place' }, String(properties.place)),
    el('span', { class: 'region' }, region),
    el('time', { datetime: when.toISOString() }, when.toLocaleString('en-GB', format)),
  );
}

// One transport on the screen: its state, its position, what it promised, and its messages.

import { byId, count, eachFrame, el, say } from './dom.js';
import { Median, shown } from './latency.js';

const ROWS = 200;
/** Of one message's data, characters. */
const SHOWN = 200;
const CUT_MS = 3_000;
const STATES = {
  connecting: 'Connecting',
  live: 'Live',
  waiting: 'Resuming',
  refused: 'Stopped',
};

export class Pane {
  #root;
  #transport;
  #position;
  #sent;
  #median = new Median();
  #waiting = [];
  #paint = eachFrame(() => this.#render());

  /** `position` says where the watched channel stands. */
  constructor(id, transport, sent, position) {
    this.#root = byId(id);
    this.#transport = transport;
    this.#position = position;
    this.#sent = sent;
    transport.onChange = this.#paint;
    transport.onMessage = (frame) => this.#add(frame);
    transport.onNote = (channel, text) => this.#mark(text);
    this.#part('cut').addEventListener('click', () => this.#cutOrConnect());
    setInterval(() => transport.state === 'waiting' && this.#paint(), 250);
  }

  /** Forgets the rows: another channel is watched now. */
  clear() {
    this.#waiting = [];
    this.#part('rows').replaceChildren();
    this.#paint();
  }

  #add(frame) {
    const ms = this.#sent.since(frame.id);
    // What waited for the line to come back says nothing about the gateway.
    if (ms !== undefined && ms < performance.now() - this.#transport.liveSince) {
      this.#median.add(ms);
    }
    this.#push(row(frame, ms));
  }

  #mark(text) {
    this.#push(el('li', { class: 'mark' }, text));
  }

  #push(item) {
    this.#waiting.push(item);
    if (this.#waiting.length > ROWS) {
      this.#waiting.shift();
    }
    this.#paint();
  }

  #cutOrConnect() {
    if (this.#transport.state === 'live') {
      this.#transport.cut(CUT_MS);
    } else {
      this.#transport.connect();
    }
  }

  #render() {
    this.#rows();
    const { state, tally, note } = this.#transport;
    this.#root.dataset.state = state;
    say(this.#part('state'), STATES[state]);
    say(this.#part('note'), [note, this.#wait()].filter(Boolean).join(', '));
    say(this.#part('cut'), state === 'live' ? 'Cut for 3 s' : 'Connect now');
    const at = this.#position();
    say(this.#part('epoch'), at?.epoch ?? '–');
    this.#part('epoch').title = at?.epoch ?? '';
    say(this.#part('seq'), at ? count(at.seq) : '–');
    say(this.#part('received'), count(tally.received));
    say(this.#part('resumes'), count(tally.resumes));
    say(this.#part('jumps'), count(tally.jumps));
    this.#broken('gaps', tally.gaps);
    this.#broken('duplicates', tally.duplicates);
    const median = this.#median.value;
    say(this.#part('latency'), median === null ? '–' : shown(median));
  }

  #rows() {
    const rows = this.#part('rows');
    const fresh = this.#waiting.splice(0).reverse();
    rows.prepend(...fresh);
    while (rows.childElementCount > ROWS) {
      rows.lastElementChild.remove();
    }
    this.#part('empty').hidden = rows.childElementCount > 0;
  }

  #wait() {
    const left = this.#transport.until - Date.now();
    const waits = this.#transport.state === 'waiting' && left > 0;
    return waits ? `again in ${(left / 1000).toFixed(1)} s` : '';
  }

  #broken(name, number) {
    const part = this.#part(name);
    say(part, count(number));
    part.classList.toggle('bad', number > 0);
  }

  #part(name) {
    return this.#root.querySelector(`[data-part="${name}"]`);
  }
}

function row(frame, ms) {
  const time = new Date(frame.timestamp);
  const from = frame.clientId ?? 'a backend';
  return el(
    'li',
    { class: ms === undefined ? 'row' : 'row own' },
    el('span', { class: 'seq', title: `seq ${frame.seq}, id ${frame.id}` }, String(frame.seq)),
    el('div', { class: 'what' }, ...payload(frame)),
    el(
      'div',
      { class: 'meta' },
      frame.name ? el('span', { class: 'name' }, frame.name) : null,
      el('span', {}, from),
      el('time', { datetime: time.toISOString() }, clock(time)),
      ms === undefined ? null : el('span', { class: 'ms' }, shown(ms)),
    ),
  );
}

function payload({ data, encoding }) {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const kind = typeof data === 'string' ? 'text' : 'json';
  return [
    encoding ? el('span', { class: 'encoding' }, encoding) : null,
    el(
      'span',
      { class: kind, dir: kind === 'text' ? 'auto' : 'ltr' },
      text.slice(0, SHOWN) || '(empty)',
    ),
    text.length > SHOWN
      ? el('span', { class: 'more' }, ` … ${count(text.length - SHOWN)} more characters`)
      : null,
  ].filter(Boolean);
}

function clock(time) {
  return time.toLocaleTimeString('en-GB', { hour12: false });
}

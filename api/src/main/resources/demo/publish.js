// The publish box: one message, over REST or WebSocket, and what the gateway said to it.

import { Refused } from './access.js';
import { byId, count, say } from './dom.js';
import { shown } from './latency.js';
import { sleep } from './backoff.js';

const LATE_MS = 1_000;
const BURST = 20;
const BURST_EVERY_MS = 60;

export class Publish {
  #publish;
  #sent;
  #form = byId('publish');

  /** `over` maps 'rest' and 'websocket' to how each publishes (channel, json). */
  constructor(over, sent, onEdit) {
    this.#publish = over;
    this.#sent = sent;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#one();
    });
    this.#form.addEventListener('input', () => {
      this.#check();
      onEdit();
    });
    byId('burst').addEventListener('click', () => this.#burst());
    byId('data').addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.#form.requestSubmit();
      }
    });
    this.#check();
  }

  get channel() {
    return byId('channel').value.normalize('NFC');
  }

  /** The message as JSON; `data` goes as it was typed, so that its numbers stay what they are. */
  json(id) {
    const typed = byId('data').value;
    const fields = [];
    if (id !== undefined) {
      fields.push(`"id":${JSON.stringify(id)}`);
    }
    const name = byId('name').value;
    if (name !== '') {
      fields.push(`"name":${JSON.stringify(name)}`);
    }
    const data = this.#kind() === 'json' ? typed.trim() || 'null' : JSON.stringify(typed);
    fields.push(`"data":${data}`);
    return `{${fields.join(',')}}`;
  }

  async #one() {
    if (!this.#check()) {
      return;
    }
    const input = byId('data');
    try {
      const answer = await this.#send(this.json.bind(this));
      const { seq, id } = answer.messages[0];
      this.#answer('ok', `Acknowledged: seq ${count(seq)}, ${shown(answer.ms)}`, `id ${id}`);
      if (this.#kind() === 'text') {
        input.select();
      }
    } catch (fault) {
      this.#failed(fault);
    }
  }

  /** So many in order: a WebSocket keeps it by itself, over REST each waits for the one before. */
  async #burst() {
    if (!this.#check()) {
      return;
    }
    byId('burst').disabled = true;
    const answers = [];
    for (let number = 1; number <= BURST; number++) {
      answers.push(this.#send((id) => JSON.stringify({ id, name: 'burst', data: { number } })));
      const waits = this.#form.elements.over.value === 'rest';
      const before = waits ? answers.at(-1).catch(() => {}) : null;
      await Promise.all([sleep(BURST_EVERY_MS), before]);
    }
    try {
      const done = await Promise.all(answers);
      const seqs = done.map((answer) => answer.messages[0].seq);
      const times = done.map((answer) => answer.ms).sort((a, b) => a - b);
      const range = `seq ${count(Math.min(...seqs))} to ${count(Math.max(...seqs))}`;
      this.#answer('ok', `${BURST} acknowledged: ${range}`, `p50 ${shown(times[BURST >> 1])}`);
    } catch (fault) {
      this.#failed(fault);
    } finally {
      byId('burst').disabled = false;
    }
  }

  async #send(json) {
    const id = newId();
    const over = this.#form.elements.over.value;
    const begun = performance.now();
    this.#sent.note(id);
    const late = setTimeout(() => {
      this.#answer('wait', 'Not acknowledged yet: going on with the same id', `id ${id}`);
    }, LATE_MS);
    try {
      const answer = await this.#publish[over](this.channel, json(id));
      return { ...answer, ms: performance.now() - begun };
    } finally {
      clearTimeout(late);
    }
  }

  #failed(fault) {
    const code = fault instanceof Refused ? `code ${fault.code}` : '';
    this.#answer('bad', fault.message, code);
  }

  #answer(kind, text, more) {
    const answer = byId('answer');
    answer.className = `answer ${kind}`;
    say(byId('answer-text'), text);
    say(byId('answer-more'), more);
  }

  #kind() {
    return this.#form.elements.kind.value;
  }

  /** Whether it may be sent; says why not beside the field that is in the way. */
  #check() {
    const channel = this.channel;
    const mayPublish = channel.startsWith('demo:') && channel.length > 'demo:'.length;
    say(
      byId('channel-fault'),
      mayPublish ? '' : "This page's token may publish to demo:* only. Listening works.",
    );
    const fault = this.#kind() === 'json' ? jsonFault(byId('data').value) : '';
    say(byId('data-fault'), fault);
    byId('data').setAttribute('aria-invalid', String(fault !== ''));
    byId('channel').setAttribute('aria-invalid', String(!mayPublish));
    byId('send').disabled = !mayPublish || fault !== '';
    byId('burst').disabled = !mayPublish;
    return mayPublish && fault === '';
  }
}

function jsonFault(text) {
  try {
    JSON.parse(text.trim() || 'null');
    return '';
  } catch (fault) {
    return `Not JSON yet: ${fault.message}`;
  }
}

/** 128 random bits; `crypto.randomUUID` exists in secure contexts only. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

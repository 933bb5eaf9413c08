// What this page does, as commands to paste into a terminal.

import { address, segment } from './access.js';
import { byId, say } from './dom.js';

/** In single quotes, for a POSIX shell. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const PLACEHOLDER = '$TOKEN';

/** A variable wants double quotes. */
function bearer(token) {
  const header = `Authorization: Bearer ${token}`;
  return token === PLACEHOLDER ? `"${header}"` : quoted(header);
}

const COMMANDS = {
  publish: ({ token, channel, json }) => {
    return [
      `curl -H ${bearer(token)}`,
      `-H 'Content-Type: application/json'`,
      `-d ${quoted(json)}`,
      quoted(address(`v1/channels/${segment(channel)}/messages`).href),
    ];
  },
  subscribe: ({ token, channel }) => [
    `curl -N -H ${bearer(token)}`,
    quoted(`${address('v1/sse').href}?channel=${segment(channel)}&rewind=5`),
  ],
};

export class Curl {
  #access;
  #channel;
  #json;
  #kind = 'publish';

  /** `channel` and `json` say what the form holds at the moment. */
  constructor(access, channel, json) {
    this.#access = access;
    this.#channel = channel;
    this.#json = json;
    for (const choice of document.querySelectorAll('input[name="curl"]')) {
      choice.addEventListener('change', () => {
        this.#kind = choice.value;
        this.show();
      });
    }
    byId('copy').addEventListener('click', () => this.#copy());
  }

  /** The screen has no room for a token; the clipboard has. */
  show() {
    say(byId('command'), this.#command(PLACEHOLDER).join(' \\\n  '));
  }

  #command(token) {
    return COMMANDS[this.#kind]({ token, channel: this.#channel(), json: this.#json() });
  }

  async #copy() {
    const copied = await copy(this.#command(await this.#access.token()).join(' '));
    const done = 'Copied, token included';
    say(byId('copied'), copied ? done : 'The browser does not allow it: copy it by hand');
    setTimeout(() => say(byId('copied'), ''), 4_000);
  }
}

/** The clipboard API wants a secure context; the older way does not. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'offscreen';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

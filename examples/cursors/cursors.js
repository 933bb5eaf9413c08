import { Tidegate } from '/sdk/index.js';
import { url } from '/gateway.js';
import { me, showConnection, token } from '/shared/guest.js';

/** 20 positions a second look smooth with the transition between them. */
const EVERY_MS = 50;
const [board, people] = ['#board', '#people'].map((id) => document.querySelector(id));

const tidegate = new Tidegate({ url, token });
const channel = tidegate.channel('cursors:board');
showConnection(tidegate);

const cursors = new Map();
channel.subscribe(({ clientId, data }) => {
  let cursor = cursors.get(clientId);
  if (!cursor) {
    cursor = board.appendChild(Object.assign(document.createElement('div'), { className: 'cursor' }));
    cursor.textContent = clientId;
    cursor.style.setProperty('--hue', hue(clientId));
    cursors.set(clientId, cursor);
  }
  cursor.style.left = `${data.x * 100}%`;
  cursor.style.top = `${data.y * 100}%`;
});

channel.presence.enter();
channel.presence.subscribe((members) => {
  const names = [...new Set(members.map((member) => member.clientId))].sort();
  people.replaceChildren(...names.map((name) => {
    const item = Object.assign(document.createElement('li'), { textContent: name });
    item.style.setProperty('--hue', hue(name));
    return item;
  }));
  for (const [name, cursor] of cursors) {
    if (!names.includes(name)) {
      cursor.remove();
      cursors.delete(name);
    }
  }
});

/** Sends the newest position, at most one every EVERY_MS: those between are nobody's loss. */
const at = { x: 0.5, y: 0.5 };
let waiting = false;
function move(x, y) {
  at.x = Math.min(1, Math.max(0, x));
  at.y = Math.min(1, Math.max(0, y));
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    channel.publish({ name: 'cursor', data: { ...at } });
  }, EVERY_MS);
}
board.addEventListener('pointermove', (event) => {
  const box = board.getBoundingClientRect();
  move((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
});
board.addEventListener('keydown', (event) => {
  const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (!step) return;
  event.preventDefault();
  move(at.x + step[0] * 0.02, at.y + step[1] * 0.02);
});

function hue(name) {
  return [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);
}

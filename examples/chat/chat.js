import { Tidegate } from '/sdk/index.js';
import { url } from '/gateway.js';
import { me, showConnection, token } from '/shared/guest.js';

const TYPING_ENDS_AFTER_MS = 2_000;
const [log, text, typing] = ['#log', '#text', '#typing'].map((id) => document.querySelector(id));

const tidegate = new Tidegate({ url, token });
const room = tidegate.channel('chat:lobby');
showConnection(tidegate);

/** One list item per message id: an optimistic one becomes the confirmed one. */
const items = new Map();
function show(message, status) {
  const item = items.get(message.id) ?? document.createElement('li');
  items.set(message.id, item);
  const clock = new Date(message.timestamp ?? Date.now()).toLocaleTimeString([], { timeStyle: 'short' });
  const note = { pending: 'sending', failed: 'not sent', confirmed: clock }[status];
  item.innerHTML = '<small></small><span></span>';
  item.firstChild.textContent = `${message.clientId ?? me} · ${note}`;
  item.lastChild.textContent = message.data.text;
  item.classList.toggle('mine', (message.clientId ?? me) === me);
  item.dataset.status = status;
  item.seq = message.seq ?? Infinity;
  const bottom = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const before = [...log.children].findLast((other) => other !== item && other.seq <= item.seq);
  before ? before.after(item) : log.prepend(item);
  if (bottom) log.scrollTop = log.scrollHeight;
}

room.subscribe((message) => show(message, 'confirmed'));

let page = await room.history({ limit: 30 });
page.items.forEach((message) => show(message, 'confirmed'));
log.scrollTop = log.scrollHeight;
let loading = false;
log.addEventListener('scroll', async () => {
  if (log.scrollTop > 80 || loading || !page.next) return;
  loading = true;
  page = await page.next();
  const fromEnd = log.scrollHeight - log.scrollTop;
  page.items.forEach((message) => show(message, 'confirmed'));
  log.scrollTop = log.scrollHeight - fromEnd;
  loading = false;
});

document.querySelector('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const message = room.publish({ data: { text: text.value } });
  show(message, 'pending');
  message.confirmed.then(() => show(message, 'confirmed'), () => show(message, 'failed'));
  text.value = '';
  setTyping(false);
});

room.presence.enter({ typing: false });
room.presence.subscribe((members) => {
  const names = members.filter((one) => one.data?.typing && one.clientId !== me).map((one) => one.clientId);
  typing.textContent = names.length ? `${[...new Set(names)].join(', ')} typing…` : '';
});
let isTyping = false;
let timer;
function setTyping(value) {
  clearTimeout(timer);
  if (value) timer = setTimeout(() => setTyping(false), TYPING_ENDS_AFTER_MS);
  if (value !== isTyping) room.presence.update({ typing: value });
  isTyping = value;
}
text.addEventListener('input', () => setTyping(text.value !== ''));

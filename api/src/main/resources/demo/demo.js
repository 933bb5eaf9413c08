// The live page of a Tidegate gateway: it uses nothing that a page of your own could not use.

import { Access } from './access.js';
import { Curl } from './curl.js';
import { byId, count, say } from './dom.js';
import { Feed } from './feed.js';
import { Sent } from './latency.js';
import { Pane } from './pane.js';
import { Publish } from './publish.js';
import { Socket } from './socket.js';
import { Stream } from './stream.js';

const REWIND = 25;
const SETTLED_MS = 500;

const access = new Access();
const sent = new Sent();
const socket = new Socket(access);
const stream = new Stream(access);
const feedSocket = new Socket(access);

let watched = '';
const panes = [
  new Pane('websocket', socket, sent, () => socket.position(watched)),
  new Pane('sse', stream, sent, () => stream.position()),
];
const publish = new Publish(
  {
    rest: (channel, json) => access.publish(channel, json),
    websocket: (channel, json) => socket.publish(channel, json),
  },
  sent,
  edited,
);
const curl = new Curl(access, () => publish.channel, () => publish.json());

/** Both panes follow the channel of the form. */
function watch() {
  const channel = publish.channel;
  if (channel === watched || channel === '' || !byId('channel').checkValidity()) {
    return;
  }
  if (watched !== '') {
    socket.unwatch(watched);
  }
  watched = channel;
  panes.forEach((pane) => pane.clear());
  document.querySelectorAll('[data-channel]').forEach((place) => say(place, channel));
  socket.watch(channel, REWIND);
  stream.watch(channel, REWIND);
}

let settled = 0;
function edited() {
  curl.show();
  clearTimeout(settled);
  settled = setTimeout(watch, SETTLED_MS);
}

for (const button of document.querySelectorAll('button[data-pick]')) {
  button.addEventListener('click', () => {
    byId('channel').value = button.dataset.pick;
    byId('channel').dispatchEvent(new Event('input', { bubbles: true }));
    watch();
  });
}

access.onChange = () => {
  say(byId('guest'), access.clientId);
  const until = new Date(access.expiresAt);
  const format = { hour: '2-digit', minute: '2-digit' };
  say(byId('until'), until.toLocaleTimeString('en-GB', format));
};

/** What was promised, over all three connections. */
setInterval(() => {
  const tallies = [socket, stream, feedSocket].map((transport) => transport.tally);
  for (const part of ['received', 'gaps', 'duplicates']) {
    const sum = tallies.reduce((total, tally) => total + tally[part], 0);
    say(byId(`all-${part}`), count(sum));
    byId(`all-${part}`).classList.toggle('bad', part !== 'received' && sum > 0);
  }
}, 250);

watch();
curl.show();
socket.connect();
new Feed(feedSocket);
feedSocket.connect();

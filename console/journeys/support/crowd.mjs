// A crowd in a process of its own: `node crowd.mjs URL KEY CHANNEL SUBSCRIBERS PER_SECOND`. It publishes so many messages a
// second to so many subscribers, and prints what was delivered in each second, until it is ended. Sockets are read as bytes
// and counted, not parsed, so that on two cores the load costs less than what it loads.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const [url, key, channel, subscribers, perSecond] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const MARK = Buffer.from('{"type":"message"');
/** Less often would be called silence. */
const PING_MS = 15_000;
const TICK_MS = 50;

let delivered = 0;

/** A text frame of a client: RFC 6455, masked. */
function frame(text) {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const masked = payload.map((byte, i) => byte ^ mask[i % 4]);
  const length = payload.length < 126 ? [0x80 | payload.length] : [0x80 | 126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([0x81, ...length]), mask, masked]);
}

/** @returns what sends on it, once it is open */
function open(heard) {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
    socket.write(
      `GET /v1/ws HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nAuthorization: Basic ${Buffer.from(key).toString('base64')}\r\n\r\n`,
    );
    socket.once('data', (head) => {
      if (!head.toString('latin1').startsWith('HTTP/1.1 101')) return reject(new Error(head.toString('latin1')));
      socket.on('data', heard);
      setInterval(() => socket.write(frame('{"type":"ping"}')), PING_MS);
      resolve((text) => socket.write(frame(text)));
    });
    socket.once('error', reject);
    socket.once('close', () => {
      console.error('the gateway has closed a connection');
      process.exit(1);
    });
  });
}

/** How many messages begin in these bytes; one that is cut in two is not counted, which is less than one in a thousand. */
function count(bytes) {
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + MARK.length)) delivered++;
}

for (let i = 0; i < Number(subscribers); i++) {
  const send = await open(count);
  send(JSON.stringify({ type: 'subscribe', channel }));
}
let refused = '';
const publish = await open((bytes) => {
  if (bytes.includes('"type":"error"')) refused = bytes.toString('utf8');
});
console.log('ready');
let sent = 0;
const began = Date.now();
setInterval(() => {
  const due = Math.floor(((Date.now() - began) / 1000) * Number(perSecond)) - sent;
  for (let left = due; left > 0; left -= 50) {
    const messages = Array.from({ length: Math.min(left, 50) }, () => ({ name: 'tick', data: { n: sent++, price: Math.round(Math.random() * 1e4) / 100 } }));
    publish(JSON.stringify({ type: 'publish', channel, messages }));
  }
}, TICK_MS);
setInterval(() => {
  console.log(JSON.stringify({ delivered, ...(refused && { refused }) }));
  delivered = 0;
}, 1_000);

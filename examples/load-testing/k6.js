// k6 run -e URL=http://127.0.0.1:8080 -e KEY=appId.keyId:secret k6.js
// Some clients listen to a channel over WebSocket while others publish to it over REST.
import encoding from 'k6/encoding';
import http from 'k6/http';
import { check } from 'k6';
import { Counter, Trend } from 'k6/metrics';
import { WebSocket } from 'k6/websockets';

const url = __ENV.URL || 'http://127.0.0.1:8080';
const channel = __ENV.CHANNEL || 'demo:load';
const seconds = Number(__ENV.SECONDS || 30);
const authorization = `Basic ${encoding.b64encode(__ENV.KEY)}`;

const delivered = new Counter('tidegate_delivered');
const skipped = new Counter('tidegate_skipped');
const latency = new Trend('tidegate_latency', true);

export const options = {
  scenarios: {
    listen: {
      executor: 'per-vu-iterations',
      exec: 'listen',
      vus: Number(__ENV.LISTENERS || 100),
      iterations: 1,
      maxDuration: `${seconds + 30}s`,
    },
    publish: {
      executor: 'constant-arrival-rate',
      exec: 'publish',
      startTime: '5s',
      rate: Number(__ENV.RATE || 50),
      timeUnit: '1s',
      duration: `${seconds - 10}s`,
      preAllocatedVUs: 20,
    },
  },
  // A number that is left out is a message that was lost.
  thresholds: { tidegate_skipped: ['count==0'], http_req_failed: ['rate<0.01'] },
};

export function listen() {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/ws`, null, { headers: { Authorization: authorization } });
  let last = 0;
  socket.onmessage = (event) => {
    const frame = JSON.parse(event.data);
    if (frame.type === 'connected') {
      socket.send(JSON.stringify({ type: 'subscribe', id: 1, channel }));
      setTimeout(() => socket.close(), seconds * 1000);
    } else if (frame.type === 'subscribed') {
      last = frame.seq;
    } else if (frame.type === 'message') {
      delivered.add(1);
      latency.add(Date.now() - frame.data.sent);
      if (frame.seq !== last + 1) skipped.add(1);
      last = frame.seq;
    }
  };
}

export function publish() {
  const answer = http.post(
    `${url}/v1/channels/${encodeURIComponent(channel)}/messages`,
    JSON.stringify({ name: 'load', data: { sent: Date.now() } }),
    { headers: { Authorization: authorization, 'Content-Type': 'application/json' } },
  );
  check(answer, { acknowledged: ({ status }) => status === 201 });
}

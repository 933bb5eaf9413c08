#!/usr/bin/env node
// Receives a gateway's webhooks: checks who calls, and prints each event once.

import { createServer } from 'node:http';
import { isGenuine } from './verify.mjs';

const USAGE = `
  WEBHOOK_SECRET=tgw_... node receiver.mjs

  WEBHOOK_SECRET  the webhook's secret, as it was shown when it was made
  HOST, PORT      where to listen, 127.0.0.1 and 8090 when not given; port 0: any
`;
/** More than any call has. */
const MAX_BODY = 1024 * 1024;
/** Events come again within 24 h. A real receiver keeps ids with what the event changed, in one transaction. */
const MAX_IDS = 10_000;

const secret = process.env.WEBHOOK_SECRET;
if (!secret) {
  console.error(`webhook-receiver: WEBHOOK_SECRET is not set\n${USAGE}`);
  process.exit(1);
}
const seen = new Set();

const server = createServer(async (request, response) => {
  let status;
  try {
    status = await receive(request);
  } catch (fault) {
    console.error(`webhook-receiver: ${fault.message}`);
    status = 500;
  }
  response.writeHead(status, { Connection: 'close' }).end();
});
server.listen(Number(process.env.PORT ?? 8090), process.env.HOST ?? '127.0.0.1', () => {
  const { address, port } = server.address();
  console.log(`listening on http://${address}:${port}/`);
});
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(0));
}

/** The status to answer with: any but 2xx has the event sent again. */
async function receive(request) {
  if (request.method !== 'POST') {
    return 405;
  }
  const body = await raw(request);
  if (!body) {
    return 413;
  }
  if (!isGenuine(request.headers['tidegate-signature'], body, secret)) {
    return 401;
  }
  const content = parsed(body);
  const events = Array.isArray(content) ? content : [content];
  if (!events.every((event) => typeof event?.id === 'string')) {
    return 400;
  }
  events.forEach(handle);
  return 204;
}

/** The bytes as they came, which are what is signed; undefined when there are too many. */
async function raw(request) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BODY) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parsed(body) {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function handle(event) {
  if (seen.has(event.id)) {
    return;
  }
  seen.add(event.id);
  if (seen.size > MAX_IDS) {
    seen.delete(seen.values().next().value);
  }
  console.log(JSON.stringify(event));
}

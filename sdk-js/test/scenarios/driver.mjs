// Does with sdk-js what the lines on standard input say, and tells what it reports: scenarios/README.md describes both.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Tidegate } from '../../dist/index.js';

const clients = new Map();
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const refusal = (error) => ({ code: error?.code ?? 0, message: String(error?.message ?? error) });

// One client's trouble is not another's: it is told, and the driver goes on.
function uncaught(error) {
  console.error(error);
  say({ event: 'uncaught', error: String(error?.stack ?? error) });
}
process.on('unhandledRejection', uncaught);
process.on('uncaughtException', uncaught);

/** One client; each command answers a part of its reply. */
class Client {
  constructor(name, { url, tokens }) {
    this.name = name;
    const token = async () => {
      const answer = await fetch(tokens, { signal: AbortSignal.timeout(20_000) });
      if (!answer.ok) throw new Error(`no token: ${answer.status}`);
      return await answer.text();
    };
    this.tidegate = new Tidegate({ url, token, WebSocket });
    this.tidegate.connection.on((change) => this.tell('state', { state: change.current }));
  }

  tell(event, more) {
    say({ event, client: this.name, ...more });
  }

  channel({ channel, cipher }) {
    return cipher ? this.tidegate.channel(channel, { cipherKey: cipher }) : this.tidegate.channel(channel);
  }

  async connect() {
    const { connection } = this.tidegate;
    await new Promise((resolve) => {
      const look = () => connection.state === 'connected' && resolve();
      connection.on(look);
      void connection.connect();
      look();
    });
  }

  retry() {
    void this.tidegate.connection.connect();
  }

  async subscribe(command) {
    const { channel, slowMillis } = command;
    const got = ({ id, epoch, seq, data }) => this.tell('message', { channel, id, epoch, seq, data: String(data) });
    const options = {
      onDiscontinuity: ({ from, to, reason }) => this.tell('discontinuity', { channel, from, to, reason }),
      // Whatever cannot be read is told without saying which it was.
      onError: (error) => this.tell('message', { channel, id: '', epoch: '', seq: 0, error: String(error) }),
    };
    if (!slowMillis) {
      await this.channel(command).subscribe(got, options).ready;
      return;
    }
    const subscription = this.channel(command).subscribe(undefined, options);
    void (async () => {
      for await (const message of subscription) {
        await sleep(slowMillis);
        got(message);
      }
    })();
    await subscription.ready;
  }

  publish(command) {
    const channel = this.channel(command);
    for (const id of command.ids) {
      channel.publish({ id, data: id }).confirmed.then(
        ({ epoch, seq }) => this.tell('published', { channel: command.channel, id, epoch, seq }),
        (error) => this.tell('failed', { channel: command.channel, id, ...refusal(error) }),
      );
    }
  }

  async presence(command) {
    const { channel, action } = command;
    const { presence } = this.channel(command);
    if (action === 'enter') await presence.enter();
    if (action === 'leave') await presence.leave();
    if (action === 'watch') {
      presence.subscribe((members, event) =>
        this.tell('members', {
          channel,
          action: event?.action ?? 'sync',
          clientId: event?.member?.clientId ?? '',
          members: members.map((member) => member.clientId),
        }),
      );
    }
  }

  async history(command) {
    const items = [];
    for await (const { id, epoch, seq } of this.channel(command).history({ direction: 'forward', limit: 1000 })) {
      items.push({ id, epoch, seq });
    }
    return { items };
  }

  async close() {
    await this.tidegate.close();
  }
}

const commands = ['connect', 'retry', 'subscribe', 'publish', 'presence', 'history', 'close'];

async function carryOut(command) {
  if (!commands.includes(command.do)) throw new Error(`not a command: ${command.do}`);
  if (command.do === 'connect') clients.set(command.client, new Client(command.client, command));
  const client = clients.get(command.client);
  if (!client) throw new Error(`no client is called ${command.client}`);
  return client[command.do](command);
}

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const command = JSON.parse(line);
    try {
      say({ re: command.id, ...(await carryOut(command)) });
    } catch (error) {
      say({ re: command.id, error: refusal(error) });
    }
  })
  .on('close', () => process.exit(0));

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/** A TCP proxy before the gateway, which does to connections what networks and middleboxes do. */
export class Proxy {
  /** Answers of the gateway are read and thrown away. */
  swallow = false;
  /** Requests that have one of these in their head are cut off, */
  readonly blocked: string[] = [];
  /** or answered with 403, as some middleboxes do. */
  readonly forbidden: string[] = [];
  /** New connections are cut. */
  down = false;
  accepted = 0;
  upgrades = 0;
  private readonly pairs = new Set<readonly [Socket, Socket]>();

  private constructor(private readonly server: Server) {}

  static async before(url: string): Promise<Proxy> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    const proxy = new Proxy(server);
    server.on('connection', (near) => proxy.link(near, connect(Number(port), hostname)));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Connections that there are. */
  get open(): number {
    return this.pairs.size;
  }

  /** Ends every connection at once, without a word. */
  cut(): void {
    for (const pair of this.pairs) pair.forEach((socket) => socket.destroy());
  }

  /** The same, and every new one, until `down` is false again. */
  tear(): void {
    this.down = true;
    this.cut();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }

  private link(near: Socket, far: Socket): void {
    this.accepted++;
    const pair = [near, far] as const;
    this.pairs.add(pair);
    const end = (): void => {
      this.pairs.delete(pair);
      pair.forEach((socket) => socket.destroy());
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    if (this.down) return end();
    near.on('data', (bytes) => {
      const head = bytes.toString('latin1');
      if (/^GET \/v1\/ws/.test(head)) this.upgrades++;
      if (this.blocked.some((text) => head.includes(text))) return end();
      if (this.forbidden.some((text) => head.includes(text))) return void near.end(FORBIDDEN);
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (!this.swallow) near.write(bytes);
    });
  }
}

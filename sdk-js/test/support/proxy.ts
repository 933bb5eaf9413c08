import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP proxy before the gateway, which does to a connection what networks do. */
export class Proxy {
  /** Answers of the gateway are read and thrown away. */
  swallow = false;
  /** Connections that ask for a WebSocket are cut. */
  blockUpgrades = false;
  /** Event streams are cut, too. */
  blockStreams = false;
  /** New connections are cut. */
  down = false;
  upgrades = 0;
  accepted = 0;
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
      const upgrade = /^GET \/v1\/ws/.test(head);
      if (upgrade) this.upgrades++;
      if ((upgrade && this.blockUpgrades) || (this.blockStreams && /^GET \/v1\/sse/.test(head))) return end();
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (!this.swallow) near.write(bytes);
    });
  }
}

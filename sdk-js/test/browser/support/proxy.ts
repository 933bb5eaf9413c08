import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Between a page and the gateway: a line that can be cut, and a middlebox that lets some requests not through. */
export interface Proxy {
  readonly url: string;
  /** Ends every connection, and each new one at once, until {@link Proxy.mend}. */
  cut(): void;
  mend(): void;
  /** Refuses requests whose head has this from now on. */
  block(text: string): void;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<Proxy> {
  const { port } = new URL(target);
  const sockets = new Set<Socket>();
  const blocked: string[] = [];
  let isCut = false;
  const server = createServer((client) => {
    if (isCut) {
      client.destroy();
      return;
    }
    const gateway = connect(Number(port), '127.0.0.1');
    for (const [socket, other] of [[client, gateway], [gateway, client]] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (bytes) => {
      if (blocked.some((text) => bytes.includes(text))) {
        client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      } else {
        gateway.write(bytes);
      }
    });
    gateway.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      sockets.forEach((socket) => socket.destroy());
    },
    mend: () => {
      isCut = false;
    },
    block: (text) => void blocked.push(text),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}

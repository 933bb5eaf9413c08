import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';

/** Ends a process that was started here, and waits for it. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

/** Below the ports that connections going out are given and above those of embedded databases: none of them takes it before its server does. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const attempt = (): void => {
      const port = 26_000 + Math.floor(Math.random() * 6_768);
      const server = createServer();
      server.once('error', attempt);
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
    };
    attempt();
  });
}

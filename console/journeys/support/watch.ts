import type { BrowserContext, Page, Request } from 'playwright-core';

/** A refusal that a journey provokes: `403 /v1/apps/1/keys`. */
export type Expected = (status: number, path: string) => boolean;

/**
 * What must not happen in any page of a context: an error in the console, an exception, a violation of the policy, a request to
 * another host, a request that fails or is refused, unless the journey has said so.
 */
export class Watch {
  readonly #faults: string[] = [];
  readonly #expected: Expected[] = [];
  readonly #host: string;

  private constructor(host: string) {
    this.#host = host;
  }

  static async of(context: BrowserContext, host: string): Promise<Watch> {
    const watch = new Watch(host);
    await context.exposeBinding('__violated', (_, violation: string) => void watch.#faults.push(`policy violated: ${violation}`));
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
        const told = `${violatedDirective} by ${blockedURI} (${sourceFile}:${lineNumber})`;
        void (window as unknown as { __violated(told: string): void }).__violated(told);
      });
    });
    context.on('page', (page) => watch.#look(page));
    context.on('request', (request) => watch.#asked(request));
    context.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (response.status() >= 400) watch.#refused(response.status(), pathname, response.request().method());
    });
    return watch;
  }

  /** From here on such refusals are a part of the journey. */
  expect(...expected: Expected[]): void {
    this.#expected.push(...expected);
  }

  /** @throws Error with all that went wrong */
  judge(): void {
    const faults = [...new Set(this.#faults)];
    if (faults.length > 0) throw new Error(`in the browser:\n  ${faults.join('\n  ')}`);
  }

  #look(page: Page): void {
    page.on('pageerror', (thrown) => this.#faults.push(`exception: ${thrown.stack ?? thrown.message}`));
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // A page that is left ends its requests.
      if (why !== 'net::ERR_ABORTED') this.#faults.push(`request failed: ${request.method()} ${request.url()}: ${why}`);
    });
    page.on('console', (message) => {
      // The browser says so of each answer from 400 on; those are judged by themselves.
      const isAnswer = message.text().startsWith('Failed to load resource: the server responded with a status of');
      if (message.type() === 'error' && !isAnswer) this.#faults.push(`console: ${message.text()} (${message.location().url})`);
    });
  }

  #asked(request: Request): void {
    const { protocol, host } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && host !== this.#host) this.#faults.push(`asked elsewhere: ${request.url()}`);
  }

  #refused(status: number, path: string, method: string): void {
    if (!this.#expected.some((expects) => expects(status, path))) this.#faults.push(`refused: ${method} ${path}: ${status}`);
  }
}

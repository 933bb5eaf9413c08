import { Window } from 'happy-dom';
import { act as reactAct, createElement, StrictMode, type ReactNode } from 'react';
import type { Root } from 'react-dom/client';
import { WebSocket } from 'ws';
import { Tidegate } from '../../src/index.js';
import { TidegateProvider } from '../../src/react/index.js';
import { gatewayUrl } from '../support/app.js';

// Only the document is happy-dom's: fetch and WebSocket are real ones.
const window = new Window();
const navigator = globalThis.navigator ?? window.navigator;
const globals = { window, document: window.document, navigator };
for (const [name, value] of Object.entries(globals)) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}
const { createRoot } = await import('react-dom/client');

export function client(token: () => Promise<string>): Tidegate {
  return new Tidegate({ url: gatewayUrl(), token, WebSocket: WebSocket as never });
}

/** What the gateway says comes whenever it does: only what the test itself does is an act. */
async function act(what: () => unknown): Promise<void> {
  const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
  environment.IS_REACT_ACT_ENVIRONMENT = true;
  try {
    await reactAct(async () => void (await what()));
  } finally {
    environment.IS_REACT_ACT_ENVIRONMENT = false;
  }
}

/** What a hook last returned, in a component under StrictMode. */
export interface Rendered<R> {
  readonly current: R;
  /** How often it rendered. */
  readonly renders: number;
  act(what: () => void): Promise<void>;
  until(holds: (result: R) => boolean): Promise<void>;
  unmount(): Promise<void>;
}

const PATIENCE_MS = 60_000;

export async function render<R>(tidegate: Tidegate, hook: () => R): Promise<Rendered<R>> {
  const rendered = { current: undefined as R, renders: 0 };
  function Probe(): ReactNode {
    rendered.current = hook();
    rendered.renders++;
    return null;
  }
  const root: Root = createRoot(document.createElement('div'));
  const tree = createElement(StrictMode, null, createElement(TidegateProvider, { client: tidegate }, createElement(Probe)));
  await act(() => root.render(tree));
  return Object.assign(rendered, {
    act,
    until: async (holds: (result: R) => boolean) => {
      const end = Date.now() + PATIENCE_MS;
      while (!holds(rendered.current)) {
        if (Date.now() > end) {
          throw new Error(`never: ${holds}\nlast: ${JSON.stringify(rendered.current)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    unmount: () => act(() => root.unmount()),
  });
}

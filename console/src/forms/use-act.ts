import { useCallback, useRef, useState } from 'react';

export interface Act {
  readonly busy: boolean;
  readonly error: unknown;
  /** Runs one thing at a time; its failure is `error` until the next. */
  readonly act: (work: () => Promise<void>) => Promise<void>;
  readonly clear: () => void;
}

/**
 * Something that a person sets off. Unlike a mutation of the query client nothing of what was sent or answered is kept:
 * answers here may hold secrets.
 */
export function useAct(): Act {
  const [state, setState] = useState<{ readonly busy: boolean; readonly error: unknown }>({ busy: false, error: null });
  const running = useRef(false);
  const act = useCallback(async (work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setState({ busy: true, error: null });
    try {
      await work();
      setState({ busy: false, error: null });
    } catch (error) {
      setState({ busy: false, error });
    } finally {
      running.current = false;
    }
  }, []);
  const clear = useCallback(() => setState({ busy: false, error: null }), []);
  return { ...state, act, clear };
}

import { useState } from 'react';
import { useAct, type Act } from './use-act';

/** Something that is made of a form and shown once: it lives in the page that made it, and nowhere else. */
export interface Making<Made> extends Pick<Act, 'busy' | 'error'> {
  /** From the first try on a form says what is unfinished. */
  readonly tried: boolean;
  /** The last one made; null while there is none. */
  readonly made: Made | null;
  /** @param faults of the form by field: while there are some, nothing is sent */
  readonly make: (faults: object, send: () => Promise<Made>) => void;
}

export function useMaking<Made>(): Making<Made> {
  const { busy, error, act } = useAct();
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const make = (faults: object, send: () => Promise<Made>): void => {
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    void act(async () => {
      setMade(null);
      setMade(await send());
    });
  };
  return { busy, error, tried, made, make };
}

import { useState } from 'react';

/**
 * What is typed into a field that the address has too. The address comes some moments behind what is typed; the field
 * follows it only when something else has changed it, such as a link or the way back.
 */
export function useTyped(inAddress: string): readonly [typed: string, type: (text: string) => void] {
  const [typed, setTyped] = useState(inAddress);
  const [seen, setSeen] = useState(inAddress);
  /** Typed since the two were last the same. */
  const [own, setOwn] = useState<readonly string[]>([]);
  if (inAddress !== seen) {
    setSeen(inAddress);
    if (!own.includes(inAddress)) setTyped(inAddress);
    if (inAddress === typed || !own.includes(inAddress)) setOwn([]);
  }
  const type = (text: string): void => {
    setTyped(text);
    setOwn((before) => [...before, text]);
  };
  return [typed, type];
}

import { lazy, Suspense, useEffect, useState, type ComponentType } from 'react';

/**
 * A dialog whose code comes when it is first opened: `export const ConfirmByName = whenOpened(() => import('./…').then(…))`.
 * Once there it stays, so that it can close as it wants to. It is there closed first and opens then: only a dialog that opens
 * notes what had the focus, and gives it back.
 */
export function whenOpened<Props extends { opened: boolean }>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Dialog = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;

  function Opening(props: Props) {
    const [isThere, setThere] = useState(false);
    useEffect(() => setThere(true), []);
    return <Dialog {...props} opened={isThere && props.opened} />;
  }

  return function WhenOpened(props: Props) {
    const [wanted, setWanted] = useState(false);
    if (props.opened && !wanted) setWanted(true);
    if (!wanted && !props.opened) return null;
    return (
      <Suspense>
        <Opening {...props} />
      </Suspense>
    );
  };
}

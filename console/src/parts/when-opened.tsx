import { lazy, Suspense, useState, type ComponentType } from 'react';

/**
 * A dialog whose code comes when it is first opened: `export const ConfirmByName = whenOpened(() => import('./…').then(…))`.
 * Once there it stays, so that it can close as it wants to.
 */
export function whenOpened<Props extends { opened: boolean }>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Dialog = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return function WhenOpened(props: Props) {
    const [wanted, setWanted] = useState(false);
    if (props.opened && !wanted) setWanted(true);
    if (!wanted && !props.opened) return null;
    return (
      <Suspense>
        <Dialog {...props} />
      </Suspense>
    );
  };
}

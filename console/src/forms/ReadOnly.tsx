import type { ReactNode } from 'react';

/** Fields of one who may look at them and not change them. */
export function ReadOnly(props: { children: ReactNode }) {
  return (
    <fieldset disabled style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      {props.children}
    </fieldset>
  );
}

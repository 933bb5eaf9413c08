import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';
import classes from './PageTabs.module.css';

/** Pages about one thing, side by side. Each is a page of its own, loaded when it is gone to. */
export function PageTabs(props: { label: string; children: ReactNode }) {
  return (
    <nav className={classes.tabs} aria-label={props.label}>
      {props.children}
    </nav>
  );
}

/** One of them; the router says which is the present one. Give it `activeOptions={{ exact: true }}`. */
export const PageTab = createLink((props: AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }) => (
  <a {...props} className={classes.tab} />
));

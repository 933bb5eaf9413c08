import { useDisclosure, useHotkeys, useMediaQuery, useWindowEvent } from '@mantine/hooks';
import { CatchBoundary, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { RouteError } from '@/app/RouteError';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar';
import { TopBar } from './TopBar';

const loadPalette = () => import('./Palette').then((module) => ({ default: module.Palette }));
const Palette = lazy(loadPalette);

/** What surrounds each page behind sign-in: the pages' list at the side (on a phone: over all, when asked for), a bar above. */
export function Shell() {
  const [menu, { toggle, close }] = useDisclosure();
  const [palette, setPalette] = useState(false);
  const { pathname } = useLocation();
  const narrow = useMediaQuery('(max-width: 48em)') ?? false;
  useHotkeys([
    ['mod+K', () => setPalette(true)],
    ['Escape', close],
  ], []);
  // Whoever presses Ctrl may press K next and go on typing: the palette is there by then.
  useWindowEvent('keydown', (event) => {
    if (event.key === 'Control' || event.key === 'Meta') void loadPalette().catch(() => undefined);
  });
  const over = narrow && menu;
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        Skip to the page
      </a>
      <aside className={classes.side} data-open={menu || undefined} inert={narrow && !menu} aria-label="Navigation">
        <Sidebar onGo={close} />
      </aside>
      <div className={classes.rest} inert={over}>
        <header className={classes.bar}>
          <TopBar menuOpened={menu} onMenu={toggle} onPalette={() => setPalette(true)} />
        </header>
        <main id="main" tabIndex={-1} className={classes.page}>
          <CatchBoundary getResetKey={() => pathname} errorComponent={RouteError}>
            <Outlet />
          </CatchBoundary>
        </main>
      </div>
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  );
}

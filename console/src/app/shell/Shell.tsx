import { AppShell } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { CatchBoundary, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { ErrorView } from '@/parts/ErrorView';
import classes from './Shell.module.css';
import { Sidebar } from './Sidebar';
import { TopBar } from './TopBar';

const Palette = lazy(() => import('./Palette').then((module) => ({ default: module.Palette })));

/** What surrounds each page behind sign-in. */
export function Shell() {
  const [menu, { toggle, close }] = useDisclosure();
  const [palette, setPalette] = useState(false);
  const { pathname } = useLocation();
  useHotkeys([['mod+K', () => setPalette(true)]], []);
  return (
    <AppShell layout="alt" header={{ height: 56 }} navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !menu } }} padding={0}>
      <a href="#main" className={classes.skip}>
        Skip to the page
      </a>
      <AppShell.Header className={classes.header}>
        <TopBar menuOpened={menu} onMenu={toggle} onPalette={() => setPalette(true)} />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar}>
        <Sidebar onGo={close} />
      </AppShell.Navbar>
      <AppShell.Main>
        <div id="main" tabIndex={-1} className={classes.page}>
          <CatchBoundary getResetKey={() => pathname} errorComponent={ErrorView}>
            <Outlet />
          </CatchBoundary>
        </div>
      </AppShell.Main>
      {palette && (
        <Suspense>
          <Palette onClose={() => setPalette(false)} />
        </Suspense>
      )}
    </AppShell>
  );
}

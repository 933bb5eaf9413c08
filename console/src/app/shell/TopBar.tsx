import { ActionIcon, Burger, Kbd, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Link, useMatches } from '@tanstack/react-router';
import { Moon, Search, Sun } from 'lucide-react';
import { AccountMenu } from './AccountMenu';
import classes from './TopBar.module.css';
import { usePlace } from './use-place';

const apple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Where this is, the palette, the theme, the person. */
export function TopBar(props: { menuOpened: boolean; onMenu: () => void; onPalette: () => void }) {
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <div className={classes.bar}>
      <Burger size="sm" opened={props.menuOpened} onClick={props.onMenu} hiddenFrom="sm" aria-label={props.menuOpened ? 'Close the menu' : 'Open the menu'} />
      <Crumbs />
      <UnstyledButton className={classes.search} onClick={props.onPalette}>
        <Search size={15} aria-hidden />
        <span className={classes.words}>Search or go to…</span>
        <Kbd size="xs" className={classes.keys} aria-hidden>
          {apple ? '⌘' : 'Ctrl'} K
        </Kbd>
      </UnstyledButton>
      <ActionIcon size="lg" aria-label={`To the ${other} theme`} title={`To the ${other} theme`} onClick={() => setColorScheme(other)}>
        {scheme === 'dark' ? <Sun size={17} aria-hidden /> : <Moon size={17} aria-hidden />}
      </ActionIcon>
      <AccountMenu />
    </div>
  );
}

function Crumbs() {
  const place = usePlace();
  const matches = useMatches();
  const title = matches[matches.length - 1]?.staticData.title;
  // All of them at once: each name that came by itself would push the next.
  if (place.isOnItsWay) return <nav aria-label="Breadcrumb" className={classes.crumbs} />;
  return (
    <nav aria-label="Breadcrumb" className={classes.crumbs}>
      <ol>
        {place.tenantId !== undefined && (
          <li>
            <Link to="/tenants/$tenantId" params={{ tenantId: place.tenantId }} activeProps={{ 'aria-current': undefined }}>
              {place.tenant?.name ?? '…'}
            </Link>
          </li>
        )}
        {place.appId !== undefined && (
          <li>
            <Link to="/apps/$appId" params={{ appId: place.appId }} activeProps={{ 'aria-current': undefined }}>
              {place.app?.name ?? '…'}
            </Link>
          </li>
        )}
        {title && <li aria-current="page">{title}</li>}
      </ol>
    </nav>
  );
}

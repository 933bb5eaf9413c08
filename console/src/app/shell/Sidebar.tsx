import { CloseButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { reaches, roleIn, useSession } from '@/api/session';
import { Logo } from '@/parts/Logo';
import { AppSwitcher, TenantSwitcher } from './Switchers';
import { appNav, installationNav, tenantNav, type NavGroup } from './nav';
import classes from './Sidebar.module.css';
import { usePlace } from './use-place';

/** Where the person is, from the outside in: the tenant, the app, their pages; the installation's below. */
export function Sidebar(props: { onGo: () => void }) {
  const session = useSession();
  const place = usePlace();
  const role = place.tenantId === undefined ? undefined : roleIn(session, place.tenantId);
  const shown = (group: NavGroup): NavGroup => ({ ...group, entries: group.entries.filter((entry) => !entry.role || reaches(role, entry.role)) });
  const own = place.appId !== undefined ? appNav(place.appId) : place.tenantId !== undefined ? tenantNav(place.tenantId).map(shown) : [];
  return (
    <>
      <div className={classes.top}>
        <Link to="/" className={classes.brand} onClick={props.onGo} aria-label="Tidegate, overview">
          <Logo size={26} />
          <span>Tidegate</span>
        </Link>
        <CloseButton hiddenFrom="sm" size="lg" aria-label="Close the menu" onClick={props.onGo} />
      </div>
      <div className={classes.switchers}>
        <TenantSwitcher place={place} onGo={props.onGo} />
        {(place.tenantId !== undefined || (place.appId !== undefined && place.isOnItsWay)) && <AppSwitcher place={place} onGo={props.onGo} />}
      </div>
      <div className={classes.scroll}>
        <nav aria-label="Pages" className={classes.nav}>
          {own.map((group, index) => (
            <Group key={group.label ?? index} group={group} onGo={props.onGo} />
          ))}
          <Group group={installationNav(session.account.operator)} onGo={props.onGo} apart={own.length > 0} />
        </nav>
      </div>
    </>
  );
}

function Group(props: { group: NavGroup; onGo: () => void; apart?: boolean }) {
  return (
    <div className={classes.group} data-apart={props.apart || undefined}>
      {props.group.label && <p className={classes.label}>{props.group.label}</p>}
      <ul>
        {props.group.entries.map((entry) => (
          <li key={entry.label}>
            <Link {...entry.link} className={classes.item} activeOptions={{ exact: entry.exact ?? false, includeSearch: false }} onClick={props.onGo}>
              <entry.icon size={16} aria-hidden />
              <span>{entry.label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

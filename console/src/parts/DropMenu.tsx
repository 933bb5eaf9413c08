import { Link, type LinkProps } from '@tanstack/react-router';
import { type LucideIcon } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import classes from './DropMenu.module.css';

/** What the button that opens a menu must be given. */
export interface MenuTrigger {
  ref: Ref<HTMLButtonElement>;
  /** The browser opens and closes it: a click on the button of an open menu is none beside it. */
  popoverTarget: string;
  'aria-haspopup': 'menu';
  'aria-expanded': boolean;
  'aria-controls': string | undefined;
}

/**
 * A menu below its button, on the browser's own popover: Escape, a click beside it or Tab close it, arrow keys go through it, and focus comes
 * back. `children` are drawn while it is open only; `head` stands above them, for a search field.
 */
export function DropMenu(props: {
  label: string;
  trigger: (props: MenuTrigger) => ReactNode;
  children: ReactNode | (() => ReactNode);
  head?: ReactNode;
  foot?: ReactNode;
  align?: 'start' | 'end';
  /** False while the entries are on their way: the first of them gets the focus once it is there. */
  ready?: boolean;
  /** In pixels; `target`: as wide as the button. */
  width: number | 'target';
  onOpened?: (opened: boolean) => void;
}) {
  const id = useId();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const { onOpened, ready = true, width, align = 'start' } = props;

  useEffect(() => {
    const element = popover.current;
    if (!element) return;
    const onBefore = (event: Event): void => {
      if ((event as ToggleEvent).newState === 'open' && button.current) place(element, button.current.getBoundingClientRect(), width, align);
    };
    const onToggle = (event: Event): void => {
      const open = (event as ToggleEvent).newState === 'open';
      setOpened(open);
      onOpened?.(open);
    };
    element.addEventListener('beforetoggle', onBefore);
    element.addEventListener('toggle', onToggle);
    return () => {
      element.removeEventListener('beforetoggle', onBefore);
      element.removeEventListener('toggle', onToggle);
    };
  }, [onOpened, width, align]);

  useEffect(() => {
    if (!opened || !ready) return;
    const first = popover.current?.querySelector<HTMLElement>('[data-autofocus], [role^="menuitem"]');
    first?.focus();
  }, [opened, ready]);

  const close = (): void => {
    popover.current?.hidePopover();
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...(popover.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items[(at <= 0 ? items.length : at) - 1]?.focus();
    else if (event.key === 'Home' && at >= 0) items[0]?.focus();
    else if (event.key === 'End' && at >= 0) items[items.length - 1]?.focus();
    else if (event.key === 'Tab') return close();
    else return;
    event.preventDefault();
  };
  return (
    <>
      {props.trigger({ ref: button, popoverTarget: `${id}p`, 'aria-haspopup': 'menu', 'aria-expanded': opened, 'aria-controls': opened ? id : undefined })}
      <div
        ref={popover}
        id={`${id}p`}
        popover="auto"
        className={classes.menu}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          if ((event.target as Element).closest('[role="menuitem"]')) close();
        }}
      >
        {opened && (
          <>
            {props.head}
            <div role="menu" id={id} aria-label={props.label}>
              <div className={classes.scroll} role="presentation">
                {typeof props.children === 'function' ? props.children() : props.children}
              </div>
              {props.foot && (
                <div className={classes.foot} role="presentation">
                  {props.foot}
                </div>
              )}
            </div>
          </>
        )}
      </div>
    </>
  );
}

interface ItemParts {
  icon?: LucideIcon;
  /** At the end of the line: a mark, an id. */
  note?: ReactNode;
  children: ReactNode;
}

/** Does something. */
export function DropItem(props: ItemParts & { onClick: () => void; danger?: boolean }) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} className={classes.item} data-danger={props.danger || undefined} onClick={props.onClick}>
      <Parts {...props} />
    </button>
  );
}

/** Goes somewhere: `link={linkOptions({ to: '/account' })}`. */
export function DropLink(props: ItemParts & { link: LinkProps; onClick?: () => void }) {
  return (
    <Link {...props.link} role="menuitem" tabIndex={-1} className={classes.item} onClick={props.onClick}>
      <Parts icon={props.icon} note={props.note}>
        {props.children}
      </Parts>
    </Link>
  );
}

export function DropLabel(props: { children: ReactNode }) {
  return (
    <div className={classes.label} role="presentation">
      {props.children}
    </div>
  );
}

function Parts(props: { icon?: LucideIcon | undefined; note?: ReactNode; children: ReactNode }) {
  return (
    <>
      {props.icon && <props.icon size={15} aria-hidden />}
      <span className={classes.words}>{props.children}</span>
      {props.note && <span className={classes.note}>{props.note}</span>}
    </>
  );
}

/** Below the button, within the window. */
function place(menu: HTMLElement, button: DOMRect, wanted: number | 'target', align: 'start' | 'end'): void {
  const width = wanted === 'target' ? button.width : wanted;
  const left = align === 'end' ? button.right - width : button.left;
  menu.style.width = `${width}px`;
  menu.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
  const below = window.innerHeight - button.bottom - 12;
  if (below >= 220 || below >= button.top) {
    menu.style.top = `${button.bottom + 4}px`;
    menu.style.bottom = 'auto';
    menu.style.maxHeight = `${below}px`;
  } else {
    menu.style.top = 'auto';
    menu.style.bottom = `${window.innerHeight - button.top + 4}px`;
    menu.style.maxHeight = `${button.top - 12}px`;
  }
}

import { Kbd, Modal, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Search } from 'lucide-react';
import { Fragment, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import classes from './Palette.module.css';
import { usePaletteEntries, type PaletteEntry } from './palette-entries';

/** So many are shown; whoever looks for another one types more of it. */
const SHOWN = 40;

/** Ctrl/Cmd-K: go anywhere, do what has no place of its own. Arrow keys choose, Enter goes, Escape closes. */
export function Palette(props: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const navigate = useNavigate();
  const entries = usePaletteEntries(text).slice(0, SHOWN);
  const chosen = Math.min(at, entries.length - 1);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, text]);

  const go = (entry: PaletteEntry): void => {
    props.onClose();
    if ('run' in entry.act) entry.act.run();
    else void navigate(entry.act.link as Parameters<typeof navigate>[0]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = entries.length - 1;
    if (event.key === 'ArrowDown') setAt(chosen >= last ? 0 : chosen + 1);
    else if (event.key === 'ArrowUp') setAt(chosen <= 0 ? last : chosen - 1);
    else if (event.key === 'Home' && event.ctrlKey) setAt(0);
    else if (event.key === 'End' && event.ctrlKey) setAt(last);
    else if (event.key === 'Enter' && entries[chosen]) go(entries[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Modal.Root opened onClose={props.onClose} padding={0} size={580} yOffset="12vh" centered={false}>
      <Modal.Overlay backgroundOpacity={0.5} />
      <Modal.Content aria-label="Search and go to" radius="lg">
        <div className={classes.head}>
          <Search size={18} aria-hidden />
          <input
            className={classes.input}
            data-autofocus
            placeholder="Go to a page, app, tenant, channel or error code"
            aria-label="Search and go to"
            role="combobox"
            aria-expanded
            aria-controls={id}
            aria-autocomplete="list"
            aria-activedescendant={entries[chosen] ? `${id}-${chosen}` : undefined}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div className={classes.list} id={id} role="listbox" aria-label="Found" ref={list} tabIndex={-1}>
          {entries.map((entry, index) => (
            <Fragment key={entry.id}>
              {entry.group !== entries[index - 1]?.group && (
                <div className={classes.group} role="presentation">
                  {entry.group}
                </div>
              )}
              <div
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === chosen}
                className={classes.entry}
                onMouseMove={() => setAt(index)}
                onClick={() => go(entry)}
              >
                <entry.icon size={16} aria-hidden />
                <span className={classes.label}>{entry.label}</span>
                {entry.note && (
                  <Text span size="xs" c="dimmed">
                    {entry.note}
                  </Text>
                )}
              </div>
            </Fragment>
          ))}
        </div>
        {entries.length === 0 && (
          <Text c="dimmed" size="sm" p="lg" ta="center" role="status">
            Nothing of this name.
          </Text>
        )}
        <div className={classes.foot} aria-hidden>
          <span>
            <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> choose
          </span>
          <span>
            <Kbd size="xs">Enter</Kbd> go
          </span>
          <span>
            <Kbd size="xs">Esc</Kbd> close
          </span>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

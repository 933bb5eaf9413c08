import { Button } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import classes from './TypesFilter.module.css';
import { TYPES } from './words';

/** Any of them; none is all. A type that came by the address and is not known here is among them. */
export function TypesFilter({ types, onTypes }: { types: readonly string[]; onTypes: (types: string[]) => void }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!isOpen) return undefined;
    const beside = (event: PointerEvent | FocusEvent): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', beside);
    document.addEventListener('focusin', beside);
    return () => {
      document.removeEventListener('pointerdown', beside);
      document.removeEventListener('focusin', beside);
    };
  }, [isOpen]);

  return (
    <div
      ref={root}
      className={classes.root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        setOpen(false);
        button.current?.focus();
      }}
    >
      <Button ref={button} className={classes.button} variant="default" size="xs" rightSection={<ChevronDown size={14} aria-hidden />} aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={() => setOpen(!isOpen)}>
        {types.length === 0 ? 'All types' : types.length === 1 ? types[0] : `${types.length} types`}
      </Button>
      {isOpen && (
        <fieldset id={id} className={classes.choices}>
          <legend className="tg-unseen">Types of events</legend>
          {[...new Set([...TYPES, ...types])].map((type) => (
            <label key={type} className={classes.choice}>
              <input type="checkbox" checked={types.includes(type)} onChange={({ currentTarget }) => onTypes(currentTarget.checked ? [...types, type] : types.filter((one) => one !== type))} />
              {type}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}

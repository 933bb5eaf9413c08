import { useState } from 'react';
import classes from './JsonView.module.css';
import { isRecord } from './event';

/** More than that of one list or text is shown when it is asked for. */
const MANY = 50;
const LONG = 400;

/** A JSON value to look into: what is inside is drawn when it is opened. Everything in it is text and nothing else. */
export function JsonView({ value, depth = 1 }: { value: unknown; depth?: number }) {
  return (
    <div className={classes.json}>
      <Node value={value} open={depth} />
    </div>
  );
}

function Node({ name, value, open }: { name?: string; value: unknown; open: number }) {
  if (Array.isArray(value) && value.length > 0) return <Branch name={name} entries={value.map((item, i) => [String(i), item])} brackets="[]" open={open} />;
  if (isRecord(value) && Object.keys(value).length > 0) return <Branch name={name} entries={Object.entries(value)} brackets="{}" open={open} />;
  return (
    <div className={classes.line}>
      <Name name={name} />
      <Leaf value={value} />
    </div>
  );
}

function Branch(props: { name: string | undefined; entries: readonly (readonly [string, unknown])[]; brackets: '[]' | '{}'; open: number }) {
  const { name, entries, brackets, open } = props;
  const [isOpen, setOpen] = useState(open > 0);
  const [most, setMost] = useState(MANY);
  return (
    <div className={classes.branch}>
      <button type="button" className={classes.toggle} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className={classes.arrow} aria-hidden>
          ▸
        </span>
        <Name name={name} />
        <span className={classes.size}>
          {brackets[0]} {entries.length} {brackets[1]}
        </span>
      </button>
      {isOpen && (
        <div className={classes.inside}>
          {entries.slice(0, most).map(([key, item]) => (
            <Node key={key} name={key} value={item} open={open - 1} />
          ))}
          {entries.length > most && (
            <button type="button" className={classes.more} onClick={() => setMost(most + 10 * MANY)}>
              {entries.length - most} more
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Name({ name }: { name: string | undefined }) {
  return name === undefined ? null : <span className={classes.name}>{name}:</span>;
}

function Leaf({ value }: { value: unknown }) {
  const [whole, setWhole] = useState(false);
  if (typeof value !== 'string') return <span className={classes.scalar}>{JSON.stringify(value) ?? 'undefined'}</span>;
  const isLong = value.length > LONG && !whole;
  return (
    <span className={classes.text}>
      {JSON.stringify(isLong ? value.slice(0, LONG) : value)}
      {isLong && (
        <button type="button" className={classes.more} onClick={() => setWhole(true)}>
          {value.length - LONG} characters more
        </button>
      )}
    </span>
  );
}

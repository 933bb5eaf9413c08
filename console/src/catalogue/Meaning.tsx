import type { Piece } from './parse';

/** The words of a row, code set as code. Texts only: nothing in them is taken for markup. */
export function Meaning(props: { of: readonly Piece[] }) {
  return (
    <>
      {props.of.map((piece, i) => ('text' in piece ? <span key={i}>{piece.text}</span> : <code key={i}>{piece.code}</code>))}
    </>
  );
}

import { AnchorLink } from './links';

/** A code of the error catalogue, leading to its row. */
export function RefusalCode(props: { code: number }) {
  return (
    <AnchorLink to="/errors" search={{ code: props.code }} className="tg-mono" title="What this code means">
      {props.code}
    </AnchorLink>
  );
}

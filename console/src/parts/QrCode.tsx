import { encode } from 'uqr';

/** A QR code, drawn here: what it holds goes nowhere. Dark on white in both themes, as readers expect. */
export function QrCode(props: { value: string; size: number; label: string }) {
  const { data, size } = encode(props.value, { ecc: 'M', border: 3 });
  let path = '';
  data.forEach((row, y) => row.forEach((dark, x) => (path += dark ? `M${x} ${y}h1v1h-1z` : '')));
  return (
    <svg role="img" aria-label={props.label} width={props.size} height={props.size} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} rx={1.5} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

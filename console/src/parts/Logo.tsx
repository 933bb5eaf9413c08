/** Three waves through a gate. */
export function Logo(props: { size: number }) {
  return (
    <svg width={props.size} height={props.size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#0c756b" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <path d="M7 11.5c3 0 3-2.5 6-2.5s3 2.5 6 2.5 3-2.5 6-2.5" />
        <path d="M7 17.2c3 0 3-2.5 6-2.5s3 2.5 6 2.5 3-2.5 6-2.5" opacity=".8" />
        <path d="M7 23c3 0 3-2.5 6-2.5s3 2.5 6 2.5 3-2.5 6-2.5" opacity=".55" />
      </g>
    </svg>
  );
}

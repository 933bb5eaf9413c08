/**
 * Breaks that were found, less those accepted, each of which has a reason of some words. An accepted
 * break that is no longer found is a fault too: the list is emptied with each release.
 */
export function unaccepted(found, accepted) {
  const bare = accepted.filter(({ reason }) => (reason ?? "").trim().split(/\s+/).length < 3);
  const stale = accepted.filter(({ breaks }) => !found.includes(breaks));
  const known = new Set(accepted.map(({ breaks }) => breaks));
  return [
    ...found.filter((one) => !known.has(one)),
    ...bare.map(({ breaks }) => `accepted without a reason: ${breaks}`),
    ...stale.map(({ breaks }) => `accepted and not found: ${breaks}`),
  ];
}

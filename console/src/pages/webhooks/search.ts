export const STATES = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof STATES)[number];

export interface DeliverySearch {
  readonly state?: DeliveryState;
  /** The delivery that is open. */
  readonly delivery?: string;
}

export function deliverySearch(search: Record<string, unknown>): DeliverySearch {
  const state = STATES.find((one) => one === search.state);
  return {
    ...(state === undefined ? {} : { state }),
    ...(typeof search.delivery === 'string' && /^[0-9a-f-]{36}$/.test(search.delivery) ? { delivery: search.delivery } : {}),
  };
}

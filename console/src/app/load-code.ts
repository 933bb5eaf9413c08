import type { AnyRoute } from '@tanstack/react-router';
import { router } from './router';

/** Asks for the code of the page at this address, and of what surrounds it, before the router has come to it. */
export function loadCodeOfThisPage(): void {
  const routes: Partial<Record<string, AnyRoute>> = router.routesById;
  for (const match of router.matchRoutes(router.latestLocation)) {
    const component = routes[match.routeId]?.options.component as { preload?: () => Promise<void> } | undefined;
    // Whoever cannot load it is told by the router, which asks again.
    void component?.preload?.().catch(() => undefined);
  }
}

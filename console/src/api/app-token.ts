import { api, take, type Schema } from './client';

/** A token of one app's data plane with the rights of the person's role. Lives 5 minutes. */
export type AppToken = Schema<'AppToken'>;

/** A token is replaced this long before it ends, so that none ends on the way. */
const EARLY_MS = 60_000;

/** At most one token and one request for it per app; kept in memory only. */
class AppTokens {
  private readonly held = new Map<string, Promise<AppToken>>();

  async get(appId: string): Promise<AppToken> {
    const held = this.held.get(appId);
    const token = held && (await held.catch(() => undefined));
    if (token && Date.parse(token.expiresAt) - Date.now() > EARLY_MS) return token;
    // Who waited beside us may have asked already.
    const current = this.held.get(appId);
    if (current && current !== held) return current;
    const fresh = ask(appId);
    this.held.set(appId, fresh);
    fresh.catch(() => this.held.delete(appId));
    return fresh;
  }

  /** For `sdk-js`: `new Tidegate({ authCallback: () => appTokens.tokenFor(appId) })`. */
  async tokenFor(appId: string): Promise<string> {
    return (await this.get(appId)).token;
  }

  forget(appId: string): void {
    this.held.delete(appId);
  }

  forgetAll(): void {
    this.held.clear();
  }
}

export const appTokens = new AppTokens();

function ask(appId: string): Promise<AppToken> {
  return take(api.POST('/v1/session/app-token', { body: { appId } }));
}

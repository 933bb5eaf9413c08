export { Tidegate, type BatchItem, type BatchResult } from './tidegate.js';
export { Channel, type ChannelOptions } from './channel.js';
export { Connection } from './connection/connection.js';
export { Presence } from './presence/presence.js';
export { LocalCode, TidegateError, type TidegateErrorDetails } from './errors.js';
export type { Channels, ChannelState, ChannelSummary, IssuedToken, Operation, RevocationTarget, TokenRequest, Tokens } from './server.js';
export type * from './types.js';

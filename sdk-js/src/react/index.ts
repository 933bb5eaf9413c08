/**
 * Hooks for React 18 and 19. Each channel is subscribed once per {@link TidegateProvider}, however many
 * components use it, and left when the last of them is gone.
 */
export { TidegateProvider, useTidegate, type TidegateProviderProps } from './provider.js';
export { useChannel, type ChannelView, type UseChannelOptions } from './use-channel.js';
export { type ChannelMessage } from './messages.js';
export { useConnection, type ConnectionView } from './use-connection.js';
export { useCursors, type Cursor, type CursorsView, type UseCursorsOptions } from './use-cursors.js';
export { usePresence, type PresenceView } from './use-presence.js';
export { useTyping, type TypingView, type UseTypingOptions } from './use-typing.js';

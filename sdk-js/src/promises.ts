/** A promise that is handed to a program which need not wait for it: it rejects for whoever does, and is nobody's uncaught error. */
export function optional<R>(promise: Promise<R>): Promise<R> {
  promise.catch(() => undefined);
  return promise;
}

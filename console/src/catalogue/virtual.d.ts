declare module 'virtual:error-catalogue' {
  export const rows: readonly import('./parse').ErrorRow[];
}

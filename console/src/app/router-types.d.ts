import '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The page's name: the document's title and the palette's entry. */
    title?: string;
  }
}

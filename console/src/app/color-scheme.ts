import { localStorageColorSchemeManager } from '@mantine/core';

/** Also read by the script in index.html, before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'tidegate.theme' });

import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The accent: deep water. Shade 7 carries white text (5.1:1), shade 4 is read on dark. */
const tide: MantineColorsTuple = ['#e8faf7', '#cdf3ec', '#9ce5d9', '#67d5c5', '#3cc3b1', '#1fab9a', '#128f81', '#0c756b', '#0a5f57', '#084a44'];

const gray: MantineColorsTuple = ['#f8f9fb', '#f1f3f6', '#e5e8ed', '#d5dae1', '#b9c1cc', '#8b95a4', '#5a6575', '#414b59', '#2a313c', '#141920'];

/** 7 is the page, 6 a card, 5 hover, 4 a line; 0 is text, 2 dimmed text. */
const dark: MantineColorsTuple = ['#dbe1ea', '#b7c0ce', '#929db0', '#6b768a', '#2b3341', '#222936', '#181d27', '#10141b', '#0c0f15', '#080a0e'];

const MONO = "ui-monospace, SFMono-Regular, 'SF Mono', Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace";
const SANS = "'Geist Variable', 'Geist Fallback', system-ui, -apple-system, 'Segoe UI', sans-serif";

/** The one place of colours, type, radii and defaults; what is not Mantine's is in theme.css. */
export const theme = createTheme({
  colors: { tide, gray, dark },
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 7 },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.75rem', sm: '0.84375rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.55', lg: '1.55', xl: '1.5' },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h4: { fontSize: '0.84375rem', lineHeight: '1.4' },
    },
  },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    InputWrapper: { styles: { description: { lineHeight: 1.45, marginBottom: 2 }, label: { marginBottom: 2 } } },
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', size: 'sm' }, styles: { root: { flexShrink: 0 }, label: { textTransform: 'none', letterSpacing: 0 } } },
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: 'sm', fz: 'sm', borderColor: 'var(--tg-line)', highlightOnHoverColor: 'var(--tg-hover)' } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.5 }, radius: 'lg', padding: 'lg' }, styles: { content: { background: 'var(--tg-raised)' }, header: { background: 'var(--tg-raised)' }, title: { fontSize: '1.0625rem', fontWeight: 650 } } },
    Tabs: { defaultProps: { keepMounted: false } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});

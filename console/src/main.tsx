import './app/mantine-styles';
import './app/theme.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RefusalError } from './api/refusal';
import './app/fragment';
import { App } from './app/App';
import { nonce } from './app/nonce';
import { loadCodeOfThisPage } from './app/load-code';

// For the one part of Mantine that writes a style of its own past MantineProvider: the scroll lock of dialogs.
setNonce(nonce());

// Beside the question who is signed in, not after it.
loadCodeOfThisPage();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root, {
  // A refusal is shown in the place of what was asked for: it is an answer, no fault of this program.
  onCaughtError: (error) => {
    if (!(error instanceof RefusalError)) console.error(error);
  },
}).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

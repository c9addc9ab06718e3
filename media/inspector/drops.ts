import { send } from './state';

/** What the explorer and the desktop put on the pointer, the better first. */
const types = ['application/vnd.code.uri-list', 'text/uri-list'];

/** Takes files that are dropped on the panel. VS Code gives drops to a page while Shift is held. */
export function watchDrops(): void {
  const mark = (on: boolean): void => void document.body.classList.toggle('dropping', on);
  document.addEventListener('dragover', (event) => {
    if (!types.some((type) => event.dataTransfer?.types.includes(type))) return;
    event.preventDefault();
    mark(true);
  });
  document.addEventListener('dragleave', () => mark(false));
  document.addEventListener('drop', (event) => {
    mark(false);
    const uris = types.map((type) => event.dataTransfer?.getData(type) ?? '').find((list) => list !== '');
    if (uris === undefined) return;
    event.preventDefault();
    send({ type: 'dropFile', uris });
  });
}

import type * as vscode from 'vscode';
import type { RemoteRuntime } from '../host/remoteRuntime';
import { Disposable } from './disposable';
import type { EditorEnvironment } from './editorEnvironment';

/** In the memento: somebody has opened a terminal of Anton's here before. */
const wasUsed = 'anton.wasUsed';

/**
 * What the first terminal needs is made ready before it is asked for: the variables of VS Code's terminals, for whose
 * reading VS Code starts what runs its terminals, where Anton was used before; and the runtime's process, too, once
 * Anton's view is seen.
 */
export class Beforehand extends Disposable {
  constructor(
    private readonly runtime: RemoteRuntime,
    private readonly environment: EditorEnvironment,
    memento: vscode.Memento,
  ) {
    super();
    if (memento.get(wasUsed) === true) environment.warm();
    else
      this.register(
        runtime.subscribe(({ type }) => {
          if (type === 'opened' && memento.get(wasUsed) !== true) void memento.update(wasUsed, true);
        }),
      );
  }

  /** Anton's view is seen, so a terminal is likely to be opened soon. */
  seen(): void {
    this.runtime.warm();
    this.environment.warm();
  }
}

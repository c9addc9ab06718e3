/** What `vscode.Disposable` looks like, for code that does without vscode. */
export interface DisposableLike {
  dispose(): void;
}

/** Disposes what it registered, the last first. */
export abstract class Disposable implements DisposableLike {
  private readonly children: DisposableLike[] = [];
  private isDisposed = false;

  /** What is registered after the end is disposed at once, so that late answers leave nothing behind. */
  protected register<T extends DisposableLike>(child: T): T {
    if (this.isDisposed) child.dispose();
    else this.children.push(child);
    return child;
  }

  dispose(): void {
    this.isDisposed = true;
    for (let child = this.children.pop(); child; child = this.children.pop()) child.dispose();
  }
}

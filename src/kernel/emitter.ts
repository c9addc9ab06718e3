/** Tells listeners of an event, in the order in which they came; one that throws does not keep it from the others. */
export class Emitter<T> {
  private readonly listeners = new Set<{ readonly call: (value: T) => void }>();

  constructor(private readonly onError: (error: unknown) => void = console.error) {}

  readonly event = (listener: (value: T) => void): { dispose(): void } => {
    const entry = { call: listener };
    this.listeners.add(entry);
    return { dispose: () => void this.listeners.delete(entry) };
  };

  /** Calls the listeners there are now: one that is added or removed by a listener counts from the next time on. */
  fire(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener.call(value);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  dispose(): void {
    this.listeners.clear();
  }
}

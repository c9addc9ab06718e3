/**
 * What is promised, if it comes in time; else, or if it is refused, what stands in for it.
 * @param patience milliseconds.
 */
export async function within<T>(patience: number, promise: () => Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => (timer = setTimeout(() => resolve(otherwise), patience)));
  try {
    return await Promise.race([promise(), late]);
  } catch {
    return otherwise;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Where the parts of a scan's result are, in words of 32 bits: struct anton_scan_header of native/scan_result.h, and
 * for each of its tables the place that tells its offset and count, and the size of a row.
 */
export const layout = {
  tookUs: 0,
  limits: 1,
  hiddenDescriptors: 2,
  hiddenMounts: 3,
  own: 4,
  parts: {
    processes: { place: 12, words: 14 },
    sets: { place: 14, words: 12 },
    namespaces: { place: 16, words: 18 },
    holders: { place: 18, words: 5 },
    leaders: { place: 20, words: 5 },
    chains: { place: 22, words: 1 },
    text: { place: 24, words: 1 },
  },
} as const;

export type Part = keyof typeof layout.parts;
